import { Button, Skeleton } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { NodeStatus, ShownNode } from '../../shared/contract/node.ts'
import { useAsk, useDo } from '../connection/use-ask.ts'
import { TrustFacts } from '../credentials/credentials-card.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact, Facts } from '../design/facts.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { type State, StateWord } from '../design/state-mark.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useTarget } from '../place/wizard.ts'
import { isKeystoreLock } from '../review/keystore-lock.ts'
import { KeystoreField } from './keystore-field.tsx'

const health: Record<string, State> = { green: 'good', yellow: 'heed', red: 'bad' }

/** What a configured node has to show: addresses, authority, and on demand the passwords of its stores. */
export function Shown({ status }: { status: NodeStatus }) {
  return status.secured ? <Trusted status={status} /> : <AddressAlone status={status} />
}

/** Without TLS for clients there is no authority to trust. */
function AddressAlone({ status }: { status: NodeStatus }) {
  return (
    <section className="card credentials" aria-label="Overview">
      <Facts>
        <Fact name="Address" actions={<CopyButton what="address" text={status.url} />}>
          <span className="mono">{status.url}</span>
        </Fact>
      </Facts>
    </section>
  )
}

function Trusted({ status }: { status: NodeStatus }) {
  const target = useTarget()
  const asked = useAsk(JSON.stringify(target), (engine, signal) => engine.node.show({ target, keystorePasswords: false }, { signal }))
  if (asked.state === 'asking') return <Skeleton height={220} radius="md" />
  if (asked.state === 'refused') return <Trouble problem={asked.problem} />
  const node = asked.answer
  return (
    <section className="card credentials" aria-label="Overview">
      <Facts>
        <Fact name="Address" actions={<CopyButton what="address" text={node.url} />}>
          <span className="mono">{node.url}</span>
          {node.addresses.length === 0 ? null : <p className="mono small quiet">{node.addresses.join('  ')}</p>}
        </Fact>
        {status.answering && status.master === false ? (
          <Fact name="Master">
            <StateWord state="bad">none</StateWord>
          </Fact>
        ) : null}
        {status.health === null ? null : (
          <Fact name="Health">
            <StateWord state={health[status.health] ?? 'waiting'}>{status.health}</StateWord>
          </Fact>
        )}
        {node.caFingerprint === null || node.caCertificate === null || node.caPem === null ? null : (
          <TrustFacts fingerprint={node.caFingerprint} caCertificate={node.caCertificate} caPem={node.caPem} />
        )}
        {node.caValidUntil === null ? null : (
          <Fact name="CA valid until">
            <LastDay at={node.caValidUntil} />
          </Fact>
        )}
        {node.certificateValidUntil === null ? null : (
          <Fact name="Certificate valid until">
            <LastDay at={node.certificateValidUntil} />
          </Fact>
        )}
        {node.clientCertificates === undefined ? null : (
          <Fact name="Client certificates">
            <StateWord state="heed">required</StateWord>
            <p className="small">{node.clientCertificates.message}</p>
            <p className="small quiet">{node.clientCertificates.remedy}</p>
          </Fact>
        )}
        <StorePasswords />
      </Facts>
      {node.caTrouble === undefined ? null : <Trouble problem={node.caTrouble} />}
    </section>
  )
}

/** When a certificate ends, in ms since 1970: the day, and whether it is over. */
function LastDay({ at }: { at: number }) {
  const [now] = useState(() => Date.now())
  const [day] = new Date(at).toISOString().split('T')
  return (
    <>
      <span className="mono">{day}</span>
      {at <= now ? <StateWord state="bad">expired</StateWord> : null}
    </>
  )
}

/** The passwords of http.p12 and transport.p12 are read from the keystore only when somebody asks. */
function StorePasswords() {
  const target = useTarget()
  const [passwords, setPasswords] = useState<ShownNode['keystorePasswords']>(null)
  const [typed, setTyped] = useState('')
  const read = useDo(async (engine) => {
    setPasswords((await engine.node.show({ target, keystorePasswords: true, ...(typed === '' ? {} : { keystorePassword: typed }) })).keystorePasswords)
    setTyped('')
  })
  const locked = read.problem !== null && isKeystoreLock(read.problem)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (typed !== '') read.start()
  }
  const found = passwords === null ? [] : ([['http.p12', passwords.http], ['transport.p12', passwords.transport]] as const)
  return (
    <Fact
      name="Store passwords"
      actions={
        <ShowButton
          what="store passwords"
          shown={passwords !== null}
          onToggle={() => (passwords === null ? read.start() : setPasswords(null))}
        />
      }
    >
      {passwords === null ? <span className="small quiet">Of http.p12 and transport.p12, kept in elasticsearch.keystore</span> : null}
      {found.map(([name, password]) => (
        <div key={name} className="row store-password">
          <span className="small quiet store-name mono">{name}</span>
          <div className="grow">{password === null ? <span className="small quiet">none</span> : <SecretValue what={`Password of ${name}`} value={password} shown />}</div>
          {password === null ? null : <CopyButton what={`password of ${name}`} text={password} secret />}
        </div>
      ))}
      {locked && passwords === null ? (
        <form className="stack tight" onSubmit={submit}>
          <KeystoreField value={typed} onChange={setTyped} refusal={read.problem} />
          <div>
            <Button type="submit" variant="default" loading={read.busy} disabled={typed === ''}>
              Open the keystore
            </Button>
          </div>
        </form>
      ) : null}
      {read.problem === null || locked ? null : <Trouble problem={read.problem} />}
    </Fact>
  )
}
