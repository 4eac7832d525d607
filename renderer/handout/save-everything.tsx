import '../layout/inputs.ts'
import '../review/review-page.css'
import './save-everything.css'
import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { HandoutFile } from '../../shared/contract/handout.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { newestProblem, useDo } from '../connection/use-ask.ts'
import { saveText } from '../credentials/save-text.ts'
import { shortPath } from '../design/figures.ts'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget, useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { PrintSheet } from './print-sheet.tsx'
import { ProjectEnv } from './project-env.tsx'
import { waysToSave, type WayToSave } from './ways-to-save.ts'

/** What is said of a file that was saved: its text, which carries secrets, is not kept. */
interface Saved extends Pick<HandoutFile, 'name' | 'notes'> {
  readonly at: string | null
}

/** One file, or paper, with all that somebody needs to come back. Nothing is saved or printed before it is asked for. */
export function SaveEverything({ setupId, known, onTaken }: { setupId: string | null; known: boolean; onTaken: () => void }) {
  const { info } = useWizard()
  const target = useTarget()
  const [way, setWay] = useState<WayToSave>('openpgp')
  const [password, setPassword] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [keystorePassword, setKeystorePassword] = useState('')
  const [token, setToken] = useState(false)
  const [saved, setSaved] = useState<Saved | null>(null)
  const [envProblem, setEnvProblem] = useState<ProblemView | null>(null)
  const [sheet, setSheet] = useState<string | null>(null)
  const asked = { target, ...(setupId === null ? {} : { setupId }), ...(password === '' ? {} : { password }), ...(keystorePassword === '' ? {} : { keystorePassword }) }
  const more = token ? { token: 'kibana' as const } : {}
  const save = useDo(async (engine) => {
    setSaved(null)
    if (way === 'env') return
    const file = await engine.handout.file({ ...asked, ...more, format: way, ...(way === 'openpgp' ? { passphrase } : {}) })
    const at = info.canPick ? await engine.host.saveText({ title: 'Save everything for later', name: file.name, text: file.text, secret: true }) : null
    if (info.canPick && at === null) return
    if (!info.canPick) saveText(file.name, file.text, file.type)
    setSaved({ name: file.name, notes: file.notes, at })
    setPassphrase('')
    setKeystorePassword('')
    onTaken()
  })
  const print = useDo(async (engine) => setSheet((await engine.handout.file({ ...asked, ...more, format: 'plain' })).text))
  const trouble = way === 'env' ? envProblem : newestProblem(save, print)
  const unknown = !known && password === '' ? { password: 'Enter the password of the elastic user.' } : {}
  const [around, errors] = useFieldErrors({
    typed: { password, passphrase: way === 'openpgp' ? passphrase : '' },
    missing: { ...unknown, ...(way === 'openpgp' && passphrase === '' ? { passphrase: 'Enter a passphrase.' } : {}) },
    problem: trouble,
    at: { wrong_password: 'password' },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => save.start())
  }
  const choose = (one: WayToSave): void => {
    setWay(one)
    setSaved(null)
  }
  const eye = { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' } }
  const locked = trouble !== null && isKeystoreLock(trouble)

  return (
    <div ref={around} className="stack">
      <p className="small quiet">The address, user, password, CA fingerprint and CA certificate, each with an explanation.</p>
      {known ? null : (
        <PasswordInput
          label="Password of the elastic user"
          description="Firstnode does not have it. If the node is running, Firstnode checks the password before saving it."
          autoComplete="off"
          spellCheck={false}
          {...eye}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          {...errors.of('password')}
        />
      )}
      <fieldset className="reach save-ways">
        <legend>Format</legend>
        {waysToSave.map(([id, name, explained]) => (
          <label key={id} className="reach-choice">
            <input type="radio" name="way-to-save" checked={way === id} onChange={() => choose(id)} />
            <span>
              {name}
              <span className="reach-explained">{explained}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {way === 'env' ? (
        <ProjectEnv asked={asked} press={(work) => errors.press(work, ['password'])} onRefused={setEnvProblem} onTaken={onTaken} />
      ) : (
        <form className="stack" onSubmit={submit}>
          {way === 'openpgp' ? (
            <PasswordInput
              label="Passphrase"
              description="Nobody can open the file without it, including us. Firstnode does not store it."
              autoComplete="new-password"
              spellCheck={false}
              {...eye}
              value={passphrase}
              onChange={(event) => setPassphrase(event.currentTarget.value)}
              {...errors.of('passphrase')}
            />
          ) : null}
          <label className="reach-choice">
            <input type="checkbox" checked={token} onChange={(event) => setToken(event.currentTarget.checked)} />
            <span>
              Include an enrollment token for Kibana
              <span className="reach-explained">Expires in 30 minutes.</span>
            </span>
          </label>
          {locked ? <KeystoreField value={keystorePassword} onChange={setKeystorePassword} refusal={trouble} /> : null}
          <div className="row wrap">
            <Button type="submit" variant="default" loading={save.busy}>
              {info.canPick ? 'Save as…' : 'Save the file'}
            </Button>
            <Button variant="subtle" onClick={() => errors.press(() => print.start(), ['password'])} loading={print.busy}>
              Print
            </Button>
          </div>
        </form>
      )}
      <p className="unseen" role="status">
        {saved === null ? '' : `Saved ${saved.name}`}
      </p>
      {saved === null ? null : (
        <div className="saved stack tight">
          <p>{saved.at === null ? <>Saved as <span className="mono">{saved.name}</span>, in your downloads folder.</> : <>Saved to <span className="mono">{shortPath(saved.at, info.homeFolder, info.separator)}</span></>}</p>
          {saved.notes.map((note) => (
            <p key={note} className="small quiet">
              {note}
            </p>
          ))}
        </div>
      )}
      {errors.elsewhere === null || locked || way === 'env' ? null : <Trouble problem={errors.elsewhere} />}
      {sheet === null ? null : (
        <PrintSheet
          text={sheet}
          onEnd={() => {
            setSheet(null)
            onTaken()
          }}
        />
      )}
    </div>
  )
}
