import '../layout/inputs.ts'
import '../review/review-page.css'
import './clients.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiKeyAccess, MadeApiKey } from '../../shared/contract/clients.ts'
import { setApiKeyLine } from '../../shared/shell-lines.ts'
import { useDo } from '../connection/use-ask.ts'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { Fold } from '../layout/fold.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'

const accesses: readonly (readonly [ApiKeyAccess['kind'], string, string])[] = [
  ['read', 'Read', 'Every index; it changes nothing.'],
  ['write', 'Read and write its own', 'Indices whose names begin as you say; no others.'],
  ['all', 'Everything', 'Settings, users and all data.'],
]
const lifetimes: readonly (readonly [string | null, string])[] = [
  ['1d', 'A day'],
  ['30d', '30 days'],
  ['365d', 'A year'],
  [null, 'Until it is taken back'],
]

/** An API key for a program, made at a press: what it may do and how long it lives, in words. It is shown once. `setupId` empty: nobody here has the password, so a temporary superuser makes it. */
export function ApiKey({ setupId }: { setupId: string }) {
  const [made, setMade] = useState<MadeApiKey | null>(null)
  return (
    <Fold title="Make an API key" hint="better than the password: one program, its own rights, an end">
      {made === null ? <Wish setupId={setupId} onMade={setMade} /> : <Made made={made} onAnother={() => setMade(null)} />}
    </Fold>
  )
}

function Wish({ setupId, onMade }: { setupId: string; onMade: (made: MadeApiKey) => void }) {
  const target = useTarget()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<ApiKeyAccess['kind']>('read')
  const [prefix, setPrefix] = useState('')
  const [lifetime, setLifetime] = useState<string | null>('30d')
  const [keystorePassword, setKeystorePassword] = useState('')
  const access: ApiKeyAccess = kind === 'write' ? { kind, prefix: prefix.trim() } : { kind }
  const ready = name.trim() !== '' && (kind !== 'write' || prefix.trim() !== '')
  const make = useDo(async (engine) => {
    const wish = { name: name.trim(), lifetime, access, ...(keystorePassword === '' ? {} : { keystorePassword }) }
    onMade(await engine.cluster.apiKey({ target, ...(setupId === '' ? {} : { setupId }), ...wish }))
  })
  const locked = make.problem !== null && isKeystoreLock(make.problem)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready) make.start()
  }
  return (
    <form className="stack" onSubmit={submit}>
      {setupId === '' ? <p>Nobody needs to know a password: a temporary superuser stands in the file realm of this home for some seconds, and is removed again.</p> : null}
      <TextInput label="Name" description="Of the program that gets it: so it is found again when it is to be taken back." placeholder="my-app" value={name} onChange={(event) => setName(event.currentTarget.value)} spellCheck={false} autoComplete="off" />
      <fieldset className="reach">
        <legend>What it may do</legend>
        {accesses.map(([id, words, explained]) => (
          <label key={id} className="reach-choice">
            <input type="radio" name="api-key-access" checked={kind === id} onChange={() => setKind(id)} />
            <span>
              {words}
              <span className="reach-explained">{explained}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'write' ? <TextInput label="Its indices begin with" placeholder="my-app-" value={prefix} onChange={(event) => setPrefix(event.currentTarget.value)} spellCheck={false} autoComplete="off" /> : null}
      <div className="row wrap">
        <span className="small">It lives</span>
        <div className="shells" role="group" aria-label="How long it lives">
          {lifetimes.map(([id, words]) => (
            <button key={words} type="button" className="plain" aria-pressed={lifetime === id} onClick={() => setLifetime(id)}>
              {words}
            </button>
          ))}
        </div>
      </div>
      {locked ? <KeystoreField value={keystorePassword} onChange={setKeystorePassword} refusal={make.problem} /> : null}
      <div>
        <Button type="submit" variant="default" loading={make.busy} disabled={!ready}>
          Make the key
        </Button>
      </div>
      {make.problem === null || locked ? null : <Trouble problem={make.problem} />}
    </form>
  )
}

function Made({ made, onAnother }: { made: MadeApiKey; onAnother: () => void }) {
  const { info } = useWizard()
  const [shown, setShown] = useState(false)
  const line = (key: string): string => setApiKeyLine(info.shell, key)
  return (
    <div className="stack">
      <section className="card api-key stack tight" aria-label={`API key ${made.name}`}>
        <div className="row">
          <h3 className="grow">API key for {made.name}</h3>
          <ShowButton what="API key" shown={shown} onToggle={() => setShown(!shown)} />
          <CopyButton what="API key" text={made.apiKey} secret />
        </div>
        <SecretValue what="API key" value={made.apiKey} shown={shown} />
        <p className="small">{made.sentences.join(' ')}</p>
        <p className="small quiet">It is shown this once: Elasticsearch keeps only a hash of it, and Firstnode keeps nothing.</p>
      </section>
      <p>In its environment, a program above takes it in place of the password.</p>
      <CodeLine label="Line that sets the API key" actions={<CopyButton what="line with the API key" text={line(made.apiKey)} secret />}>
        {line(shown ? made.apiKey : '•'.repeat(12))}
      </CodeLine>
      <div>
        <Button variant="default" onClick={onAnother}>
          Make another
        </Button>
      </div>
    </div>
  )
}
