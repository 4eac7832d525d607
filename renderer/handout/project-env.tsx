import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { EnvDone, EnvPreview } from '../../shared/contract/handout.ts'
import type { NodeTarget, ProblemView } from '../../shared/contract/target.ts'
import { newestProblem, useDo } from '../connection/use-ask.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useWizard } from '../place/wizard.ts'
import { ChangeList } from '../review/change-list.tsx'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { Sentence } from '../review/sentence.tsx'

/**
 * The .env of a project: the folder, the changes, then it is written. `asked`: who asks for the password; `press` and `onRefused` belong to the field of that, which is not
 * here.
 */
export function ProjectEnv({ asked, press, onRefused, onTaken }: {
  asked: { target: NodeTarget; setupId?: string; password?: string }
  press: (work: () => void) => void
  onRefused: (problem: ProblemView | null) => void
  onTaken: () => void
}) {
  const { info } = useWizard()
  const [typed, setTyped] = useState('')
  const [keystorePassword, setKeystorePassword] = useState('')
  const [gitignore, setGitignore] = useState(true)
  const [previewed, setPreviewed] = useState<{ of: string; preview: EnvPreview } | null>(null)
  const [done, setDone] = useState<EnvDone | null>(null)
  const folder = fullPath(typed.trim(), info.homeFolder)
  // A preview is of what was chosen when it was asked for: of anything else it is not shown.
  const wish = JSON.stringify([folder, gitignore, asked.password])
  const preview = previewed?.of === wish ? previewed.preview : null
  const change = (path: string): void => {
    setTyped(path)
    setDone(null)
  }
  const pick = useDo(async (engine) => {
    const path = await engine.host.pick({ what: 'folder', title: 'Choose the project folder', from: null })
    if (path !== null) change(path)
  })
  const look = useDo(async (engine) => {
    setDone(null)
    const preview = await engine.handout.previewEnv({ ...asked, folder, gitignore, ...(keystorePassword === '' ? {} : { keystorePassword }) })
    setPreviewed({ of: wish, preview })
    setKeystorePassword('')
  })
  const write = useDo(async (engine, planId: string) => {
    setDone(await engine.handout.applyEnv({ planId }))
    setPreviewed(null)
    onTaken()
  })
  const trouble = newestProblem(write, look, pick)
  const [around, errors] = useFieldErrors({
    typed: { folder, password: asked.password ?? '' },
    missing: folder === '' ? { folder: 'Choose the folder of your project.' } : {},
    problem: trouble,
    at: { wrong_password: 'password' },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    press(() => errors.press(() => look.start()))
  }
  useEffect(() => onRefused(look.problem), [look.problem, onRefused])
  const locked = trouble !== null && isKeystoreLock(trouble)
  const risky = preview !== null && (preview.git === 'tracked' || (preview.git === 'open' && !gitignore))
  return (
    <>
      <form ref={around} className="stack" onSubmit={submit} noValidate>
        <div className="row wrap save-folder">
          <TextInput
            className="grow"
            label="Project folder"
            placeholder={`${info.homeFolder}${info.separator}app`}
            value={typed}
            onChange={(event) => change(event.currentTarget.value)}
            spellCheck={false}
            autoComplete="off"
            {...errors.of('folder')}
          />
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
            onChange={(event) => setGitignore(event.currentTarget.checked)}
          />
          <span>
            Add .env to .gitignore if Git does not ignore it
            <span className="reach-explained">A committed password stays in the Git history.</span>
          </span>
        </label>
        {locked ? <KeystoreField value={keystorePassword} onChange={setKeystorePassword} refusal={trouble} /> : null}
        {preview !== null ? null : (
          <div>
            <Button type="submit" variant="default" loading={look.busy}>
              Review the changes
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
              <WriteEnv
                preview={preview}
                words={risky ? 'Write the file anyway' : 'Write the file'}
                busy={write.busy}
                onWrite={() => preview.planId !== null && write.start(preview.planId)}
              />
            )}
            <Button variant="subtle" onClick={() => setPreviewed(null)} disabled={write.busy}>
              Cancel
            </Button>
          </div>
        </div>
      )}
      {done === null ? null : (
        <p className="saved" role="status">
          Wrote <span className="mono">{done.file}</span>
        </p>
      )}
      {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
    </>
  )
}

/** The press that writes; it asks first where it replaces what the file says now. */
function WriteEnv({ preview, words, busy, onWrite }: { preview: EnvPreview; words: string; busy: boolean; onWrite: () => void }) {
  const { file, replaces } = preview
  if (replaces.length > 0) {
    const sentence = `The present values of ${replaces.join(', ')} in ${file} are overwritten. Firstnode keeps no copy of them.`
    return <AskingFirst words={words} title="Overwrite these values?" sentences={[sentence]} busy={busy} onConfirm={onWrite} />
  }
  return (
    <Button variant="default" onClick={onWrite} loading={busy}>
      {words}
    </Button>
  )
}

/** `~` as a shell takes it. */
function fullPath(typed: string, home: string): string {
  return typed === '~' || /^~[/\\]/.test(typed) ? `${home}${typed.slice(1)}` : typed
}
