import '../layout/inputs.ts'
import '../review/review-page.css'
import './clients.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ApiKeyAccess, MadeApiKey } from '../../shared/contract/clients.ts'
import { setApiKeyLine } from '../../shared/shell-lines.ts'
import { useDo } from '../connection/use-ask.ts'
import { AskingFirst } from '../design/asking-first.tsx'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { Trouble } from '../design/trouble.tsx'
import { KeystoreField } from '../existing/keystore-field.tsx'
import { Fold } from '../layout/fold.tsx'
import { useFieldErrors } from '../layout/use-field-errors.ts'
import { useTarget, useWizard } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'

const accesses: readonly (readonly [ApiKeyAccess['kind'], string, string])[] = [
  ['read', 'Read', 'All indices, without changing anything.'],
  ['write', 'Read and write its own indices', 'Only indices whose names begin with the prefix you enter.'],
  ['all', 'Full access', 'Settings, users and all data.'],
]
const lifetimes: readonly (readonly [string | null, string])[] = [
  ['1d', '1 day'],
  ['30d', '30 days'],
  ['365d', '1 year'],
  [null, 'Never'],
]

/** An API key for a program, made at a press: what it may do and how long it lives, in words. It is shown once. `setupId` empty: nobody here has the password, so a temporary superuser makes it. */
export function ApiKey({ setupId }: { setupId: string }) {
  const [made, setMade] = useState<MadeApiKey | null>(null)
  return (
    <Fold title="Create an API key" hint="safer than the password: for one program, with its own permissions and expiry">
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
  const make = useDo(async (engine) => {
    const wish = { name: name.trim(), lifetime, access, ...(keystorePassword === '' ? {} : { keystorePassword }) }
    onMade(await engine.cluster.apiKey({ target, ...(setupId === '' ? {} : { setupId }), ...wish }))
  })
  const locked = make.problem !== null && isKeystoreLock(make.problem)
  const [around, errors] = useFieldErrors({
    typed: { name, prefix: kind === 'write' ? prefix : '' },
    missing: {
      ...(name.trim() === '' ? { name: 'Enter a name.' } : {}),
      ...(kind === 'write' && prefix.trim() === '' ? { prefix: 'Enter the beginning of the index names.' } : {}),
    },
    problem: make.problem,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    errors.press(() => make.start())
  }
  return (
    <form ref={around} className="stack" onSubmit={submit} noValidate>
      {setupId === '' ? <p>You do not need a password: Firstnode adds a temporary superuser to the file realm for a few seconds, then removes it.</p> : null}
      <TextInput
        label="Name"
        description="The program that will use the key, so you can find and revoke it later."
        placeholder="my-app"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        {...errors.of('name')}
      />
      <fieldset className="reach">
        <legend>Permissions</legend>
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
      {kind === 'write' ? (
        <TextInput
          label="Index prefix"
          placeholder="my-app-"
          value={prefix}
          onChange={(event) => setPrefix(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
          {...errors.of('prefix')}
        />
      ) : null}
      <div className="row wrap">
        <span className="small">Expires after</span>
        <div className="shells" role="group" aria-label="Expires after">
          {lifetimes.map(([id, words]) => (
            <button key={words} type="button" className="plain" aria-pressed={lifetime === id} onClick={() => setLifetime(id)}>
              {words}
            </button>
          ))}
        </div>
      </div>
      {locked ? <KeystoreField value={keystorePassword} onChange={setKeystorePassword} refusal={make.problem} /> : null}
      <div>
        <Button type="submit" variant="default" loading={make.busy}>
          Create the key
        </Button>
      </div>
      {errors.elsewhere === null || locked ? null : <Trouble problem={errors.elsewhere} />}
    </form>
  )
}

function Made({ made, onAnother }: { made: MadeApiKey; onAnother: () => void }) {
  const { info } = useWizard()
  const [shown, setShown] = useState(false)
  const [taken, setTaken] = useState(false)
  const toggle = (): void => {
    setShown(!shown)
    setTaken(true)
  }
  const take = (): void => setTaken(true)
  const line = (key: string): string => setApiKeyLine(info.shell, key)
  return (
    <div className="stack">
      <section className="card api-key stack tight" aria-label={`API key ${made.name}`}>
        <div className="row">
          <h3 className="grow">API key for {made.name}</h3>
          <ShowButton what="API key" shown={shown} onToggle={toggle} />
          <CopyButton what="API key" text={made.apiKey} secret onCopied={take} />
        </div>
        <SecretValue what="API key" value={made.apiKey} shown={shown} />
        <p className="small">{made.sentences.join(' ')}</p>
        <p className="small quiet">Copy it now: Elasticsearch stores only a hash of it, and Firstnode does not store it.</p>
      </section>
      <p>Set it in the environment of a program above, instead of the password.</p>
      <CodeLine label="Line that sets the API key" actions={<CopyButton what="line with the API key" text={line(made.apiKey)} secret onCopied={take} />}>
        {line(shown ? made.apiKey : '•'.repeat(12))}
      </CodeLine>
      <div>
        {taken ? (
          <Button variant="default" onClick={onAnother}>
            Create another
          </Button>
        ) : (
          <AskingFirst
            words="Create another"
            title="Leave without this API key?"
            sentences={['You have not shown or copied it yet. Nobody can look it up later; it stays valid until it expires or is deleted in Kibana.']}
            confirm="Leave without it"
            busy={false}
            onConfirm={onAnother}
          />
        )}
      </div>
    </div>
  )
}
