import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import '../layout/inputs.ts'
import { type Doing, newestProblem, useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useWizard } from '../place/wizard.ts'

/** Asks where an archive is to be unpacked; the folder it lies in is proposed. */
export function UnpackPage({ archive, unpack, onLeave }: { archive: string; unpack: Doing<[into: string]>; onLeave: () => void }) {
  const { info } = useWizard()
  const cut = archive.lastIndexOf(info.separator)
  const name = archive.slice(cut + 1)
  const [into, setInto] = useState(cut > 0 ? archive.slice(0, cut) : info.homeFolder)
  const pick = useDo(async (engine) => {
    const picked = await engine.host.pick({ what: 'folder', title: 'Where it is to be unpacked', from: into.trim() === '' ? null : into.trim() })
    if (picked !== null) setInto(picked)
  })
  const where = into.trim()
  const [around, errors] = useFieldErrors({
    typed: { into: where },
    missing: where === '' ? { into: 'Choose a folder.' } : {},
    problem: newestProblem(unpack, pick),
  })
  const press = (): void => errors.press(() => unpack.start(where))
  return (
    <Page
      title={`Unpack ${name}`}
      lead="It gets a folder of its own, named after its version, in the folder below. What lies there already stays as it is."
      primary={{ words: 'Unpack here', onPress: press, busy: unpack.busy }}
      second={
        <Button variant="subtle" onClick={onLeave}>
          Choose another
        </Button>
      }
    >
      {errors.elsewhere === null ? null : <Trouble problem={errors.elsewhere} />}
      <div ref={around}>
        <TextInput
          label="Unpack into"
          description="A path on this machine. The account that runs the node must be able to reach it."
          value={into}
          onChange={(event) => setInto(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.repeat) press()
          }}
          spellCheck={false}
          autoCapitalize="off"
          {...errors.of('into')}
        />
      </div>
      {info.canPick ? (
        <div>
          <Button variant="default" size="sm" onClick={() => pick.start()}>
            Choose another folder…
          </Button>
        </div>
      ) : null}
    </Page>
  )
}
