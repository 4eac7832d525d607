import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { EnvDone, EnvPreview } from '../../shared/contract/handout.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { useWizard } from '../place/wizard.ts'
import { ChangeList } from '../review/change-list.tsx'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { Sentence } from '../review/sentence.tsx'

/** The .env of a project: which folder, what will change, then it is written. `asked`: who asks for the password. */
export function ProjectEnv({ asked, ready, onTaken }: { asked: { target: NodeTarget; setupId?: string; password?: string }; ready: boolean; onTaken: () => void }) {
  const { info } = useWizard()
  const [typed, setTyped] = useState('')
  const [keystorePassword, setKeystorePassword] = useState('')
  const [gitignore, setGitignore] = useState(true)
  const [preview, setPreview] = useState<EnvPreview | null>(null)
  const [done, setDone] = useState<EnvDone | null>(null)
  const folder = fullPath(typed.trim(), info.homeFolder)
  const change = (path: string): void => {
    setTyped(path)
    setPreview(null)
    setDone(null)
  }
  const pick = useDo(async (engine) => {
    const path = await engine.host.pick({ what: 'folder', title: 'The folder of your project', from: null })
    if (path !== null) change(path)
  })
  const look = useDo(async (engine) => {
    setDone(null)
    setPreview(await engine.handout.previewEnv({ ...asked, folder, gitignore, ...(keystorePassword === '' ? {} : { keystorePassword }) }))
    setKeystorePassword('')
  })
  const write = useDo(async (engine, planId: string) => {
    setDone(await engine.handout.applyEnv({ planId }))
    setPreview(null)
    onTaken()
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready && folder !== '') look.start()
  }
  const trouble = write.problem ?? look.problem ?? pick.problem
  const locked = trouble !== null && isKeystoreLock(trouble)
  const risky = preview !== null && (preview.git === 'tracked' || (preview.git === 'open' && !gitignore))
  return (
    <>
      <form className="stack" onSubmit={submit}>
        <div className="row wrap save-folder">
          <TextInput className="grow" label="Folder of the project" placeholder={`${info.homeFolder}${info.separator}app`} value={typed} onChange={(event) => change(event.currentTarget.value)} spellCheck={false} autoComplete="off" />
          {info.canPick ? (
            <Button variant="default" onClick={() => pick.start()} loading={pick.busy}>
              Choose…
            </Button>
          ) : null}
        </div>
        <label className="reach-choice">
          <input
            type="checkbox"
            checked={gitignore}
            onChange={(event) => {
              setGitignore(event.currentTarget.checked)
              setPreview(null)
            }}
          />
          <span>
            Add .env to .gitignore where Git would take it in
            <span className="reach-explained">A password that is committed once stays in the history.</span>
          </span>
        </label>
        {locked ? <KeystoreField value={keystorePassword} onChange={setKeystorePassword} refusal={trouble} /> : null}
        {preview !== null ? null : (
          <div>
            <Button type="submit" variant="default" loading={look.busy} disabled={!ready || folder === ''}>
              Show what will change
            </Button>
          </div>
        )}
      </form>
      {preview === null ? null : (
        <div className="stack">
          <ul className={risky ? 'sentences notice' : 'sentences'}>
            {preview.sentences.map((sentence) => (
              <Sentence key={sentence} text={sentence} />
            ))}
          </ul>
          {preview.changes.length === 0 ? null : <ChangeList changes={preview.changes} />}
          <div className="row wrap">
            {preview.planId === null ? null : (
              <Button variant="default" onClick={() => preview.planId !== null && write.start(preview.planId)} loading={write.busy}>
                {risky ? 'Write it all the same' : 'Write it'}
              </Button>
            )}
            <Button variant="subtle" onClick={() => setPreview(null)} disabled={write.busy}>
              Leave it as it is
            </Button>
          </div>
        </div>
      )}
      {done === null ? null : (
        <p className="saved" role="status">
          Written: <span className="mono">{done.file}</span>
        </p>
      )}
      {trouble === null || locked ? null : <Trouble problem={trouble} />}
    </>
  )
}

/** `~` as a shell takes it. */
function fullPath(typed: string, home: string): string {
  return typed === '~' || /^~[/\\]/.test(typed) ? `${home}${typed.slice(1)}` : typed
}
