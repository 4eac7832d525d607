import '../now/open-transport.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react'
import type { RenewalPreview } from '../../shared/contract/certificates.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { renewalWords } from '../../shared/renewal-words.ts'
import { useDo } from '../connection/use-ask.ts'
import { useWork } from '../connection/use-work.ts'
import { ProgressBar } from '../design/progress-bar.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { LockedStart } from '../existing/locked-start.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import '../layout/inputs.ts'
import { useTarget } from '../place/wizard.ts'
import { ChangeList } from '../review/change-list.tsx'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { Sentence } from '../review/sentence.tsx'

/**
 * Renews the HTTP certificate: further names, a preview, and the work to its end. `authority`: the CA certificate
 * needs it as well. `underWay`: a renewal that was begun before this page was loaded.
 */
export function RenewCertificate({
  authority,
  underWay,
  onRenewed,
}: {
  authority: boolean
  underWay: string | null
  onRenewed: () => void
}) {
  const [previewed, setPreviewed] = useState<RenewalPreview | null>(null)
  const [workId, setWorkId] = useState(underWay)
  const [ended, setEnded] = useState<WorkState | null>(null)
  const again = (): void => {
    setPreviewed(null)
    setWorkId(null)
    setEnded(null)
  }
  if (ended !== null)
    return (
      <Ended
        state={ended}
        onOn={() => {
          again()
          onRenewed()
        }}
      />
    )
  if (workId !== null) return <Renewing workId={workId} onEnd={setEnded} />
  if (previewed !== null) return <Previewed preview={previewed} onBegun={setWorkId} onLeave={again} />
  return <Names needsAuthority={authority} onPreviewed={setPreviewed} />
}

function Names({
  needsAuthority,
  onPreviewed,
}: {
  needsAuthority: boolean
  onPreviewed: (preview: RenewalPreview) => void
}) {
  const target = useTarget()
  const [authority, setAuthority] = useState(needsAuthority)
  const [san, setSan] = useState('')
  const names = san
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const preview = useDo(async (engine, keystorePassword?: string) => {
    onPreviewed(
      await engine.certificates.previewRenewal({
        target,
        san: names,
        authority,
        ...(keystorePassword === undefined ? {} : { keystorePassword }),
      }),
    )
  })
  const locked = preview.problem !== null && isKeystoreLock(preview.problem)
  const [around, errors] = useFieldErrors({ typed: { san }, problem: preview.problem })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => preview.start())
  }
  return (
    <>
      <form ref={around} className="stack" onSubmit={submit} noValidate>
        <TextInput
          label="Additional host names or IP addresses"
          description="The new certificate keeps all names of the old one, and gets the current addresses of this machine. Separate several with commas."
          placeholder="es.example.com"
          value={san}
          onChange={(event) => setSan(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          {...errors.of('san')}
        />
        <label className="reach-choice">
          <input type="checkbox" checked={authority} onChange={(event) => setAuthority(event.currentTarget.checked)} />
          <span>Also issue the CA certificate again, three years longer. Its fingerprint changes.</span>
        </label>
        <div>
          <Button type="submit" variant="default" loading={preview.busy}>
            Renew the HTTP certificate
          </Button>
        </div>
        {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
      </form>
      {locked ? (
        <LockedStart
          words="Review the changes"
          onPassword={(password) => preview.start(password)}
          busy={preview.busy}
          problem={preview.problem}
        />
      ) : null}
    </>
  )
}

function Previewed({
  preview,
  onBegun,
  onLeave,
}: {
  preview: RenewalPreview
  onBegun: (workId: string) => void
  onLeave: () => void
}) {
  const renew = useDo(async (engine) => {
    onBegun((await engine.certificates.renew({ planId: preview.planId })).workId)
  })
  return (
    <section className="card who-joins stack" aria-label="Renewal">
      <ul className="sentences">
        {renewalWords(preview).map((sentence) => (
          <Sentence key={sentence} text={sentence} />
        ))}
      </ul>
      <ChangeList changes={preview.changes} />
      {renew.problem === null ? null : <Trouble problem={renew.problem} />}
      <div className="row wrap">
        <Button onClick={() => renew.start()} loading={renew.busy}>
          Renew now
        </Button>
        <Button variant="subtle" onClick={onLeave} disabled={renew.busy}>
          Cancel
        </Button>
      </div>
    </section>
  )
}

function Renewing({ workId, onEnd }: { workId: string; onEnd: (state: WorkState) => void }) {
  const { state, problem } = useWork(workId)
  const now = useNow(500)
  const cancel = useDo(async (engine) => {
    await engine.work.cancel({ workId })
  })
  const end = useEffectEvent(onEnd)
  const over = state !== null && state.stage !== 'underway' && state.stage !== 'cancelling'
  useEffect(() => {
    if (over) end(state)
  }, [over, state])
  if (problem !== null) return <Trouble problem={problem} />
  return (
    <section className="card who-joins stack" aria-label="Renewal">
      <ProgressBar
        progress={state?.progress ?? null}
        name="Renewing the HTTP certificate"
        ms={state === null ? 0 : now - state.startedAt}
      />
      <p className="small quiet">
        This continues without this page. If the node does not load the new certificate, the old one is restored.
      </p>
      <div>
        <Button variant="default" onClick={() => cancel.start()} loading={cancel.busy || state?.stage === 'cancelling'}>
          Cancel
        </Button>
      </div>
    </section>
  )
}

function Ended({ state, onOn }: { state: WorkState; onOn: () => void }) {
  return (
    <section className="card who-joins stack" aria-label="Renewal">
      {state.problem === null ? (
        <div className="row who-joins-head" role="status">
          <StateMark state="good" />
          <p className="grow">{state.sentences.join(' ')}</p>
        </div>
      ) : (
        <Trouble problem={state.problem} />
      )}
      <div>
        <button type="button" className="plain link" onClick={onOn}>
          Refresh the certificates
        </button>
      </div>
    </section>
  )
}
