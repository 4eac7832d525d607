import '../find/find-page.css'
import '../layout/inputs.ts'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { KibanaView } from '../../shared/contract/kibana.ts'
import { newestProblem, useDo } from '../connection/use-ask.ts'
import { shortPath } from '../design/figures.ts'
import { type State, StateWord } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { KibanaDownload } from '../download/kibana-download.tsx'
import { Fold } from '../layout/fold.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useWizard } from '../place/wizard.ts'

/** The Kibanas of this machine as radio cards, and a way to name another by its folder. */
export function KibanaChoice({ kibanas, chosen, onChoose, onAdd }: { kibanas: readonly KibanaView[]; chosen: string | null; onChoose: (home: string) => void; onAdd: (kibana: KibanaView) => void }) {
  const none = kibanas.length === 0
  return (
    <div className="stack">
      {none ? <p className="quiet">No Kibana was found in the usual places. Download it, or choose the folder of a Kibana with the same version as Elasticsearch.</p> : null}
      {none ? null : (
        <div role="radiogroup" aria-label="Kibana on this machine" className="choices">
          {kibanas.map((kibana) => (
            <Card key={kibana.home} kibana={kibana} checked={kibana.home === chosen} onChoose={() => onChoose(kibana.home)} />
          ))}
        </div>
      )}
      <Fold title="Download Kibana" hint="the version of this Elasticsearch">
        <KibanaDownload onMade={onAdd} />
      </Fold>
      {none ? (
        <AnotherFolder onAdd={onAdd} />
      ) : (
        <Fold title="Another Kibana" hint="choose its folder">
          <AnotherFolder onAdd={onAdd} />
        </Fold>
      )}
    </div>
  )
}

function Card({ kibana, checked, onChoose }: { kibana: KibanaView; checked: boolean; onChoose: () => void }) {
  const { info } = useWizard()
  const { home, version, layout, owner, connected } = kibana
  const [state, word] = stateOf(kibana)
  return (
    <label className="choice card" data-checked={checked}>
      <input type="radio" name="kibana" className="choice-input" checked={checked} onChange={onChoose} />
      <span className="choice-mark" aria-hidden="true" />
      <span className="choice-words">
        <span className="choice-head">
          <span className="choice-name">Kibana {version}</span>
          {layout === 'package' ? <span className="small quiet">package</span> : null}
          <StateWord state={state}>{word}</StateWord>
        </span>
        <span className="mono small">{shortPath(home, info.homeFolder, info.separator)}</span>
        <span className="small quiet choice-more">
          {connected === null ? null : <span>It is {connected}.</span>}
          {owner === null ? null : <span>Belongs to {owner}</span>}
        </span>
      </span>
    </label>
  )
}

/** At a glance: what is unfinished comes first. */
function stateOf({ connected, enrolled, unfinished }: KibanaView): readonly [State, string] {
  if (unfinished !== undefined) return ['heed', 'Unfinished']
  if (connected === null) return ['waiting', 'New']
  return ['good', enrolled ? 'Enrolled' : 'Connected']
}

function AnotherFolder({ onAdd }: { onAdd: (kibana: KibanaView) => void }) {
  const { info } = useWizard()
  const [path, setPath] = useState('')
  const look = useDo(async (engine, home: string) => onAdd(await engine.kibana.look({ home })))
  const pick = useDo(async (engine) => {
    const picked = await engine.host.pick({ what: 'folder', title: 'Choose the Kibana folder', from: null })
    if (picked === null) return
    setPath(picked)
    onAdd(await engine.kibana.look({ home: picked }))
  })
  const [around, errors] = useFieldErrors({ typed: { folder: path }, missing: path.trim() === '' ? { folder: 'Enter the folder of Kibana.' } : {}, problem: newestProblem(look, pick) })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => look.start(path.trim()))
  }
  return (
    <form ref={around} className="stack tight" onSubmit={submit} noValidate>
      <div className="row kibana-path">
        <TextInput
          className="grow"
          label="Kibana folder"
          description="The folder that contains bin, config and package.json."
          value={path}
          onChange={(event) => setPath(event.currentTarget.value)}
          spellCheck={false}
          autoCapitalize="off"
          {...errors.of('folder')}
        />
        {info.canPick ? (
          <Button variant="default" onClick={() => pick.start()} loading={pick.busy}>
            Choose…
          </Button>
        ) : null}
        <Button type="submit" variant="default" loading={look.busy}>
          Add
        </Button>
      </div>
      {errors.elsewhere === null ? null : <Trouble problem={errors.elsewhere} />}
    </form>
  )
}
