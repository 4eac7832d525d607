import { type ReactNode, useState } from 'react'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { useDo } from '../connection/use-ask.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { left } from '../design/figures.ts'
import { Ring } from '../design/ring.tsx'
import { SecretValue, ShowButton } from '../design/secret-value.tsx'
import { SmallButton } from '../design/small-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useNow } from '../design/use-now.ts'
import { useTarget } from '../place/wizard.ts'

/** Kibana's enrollment token, the ring of its half hour beside it, and a new one at a press. */
export function KibanaToken({ first, trouble, setupId }: { first: EnrollmentTokenView | null; trouble: ProblemView | null; setupId: string }) {
  const target = useTarget()
  const [token, setToken] = useState(first)
  const make = useDo(async (engine) => setToken(await engine.cluster.token({ target, setupId, scope: 'kibana' })))
  const refused = make.problem ?? (token === null ? trouble : null)
  return (
    <section className="card token" aria-labelledby="kibana-token">
      {token === null ? null : <TokenRing token={token} />}
      <div className="grow stack tight">
        <div className="row token-head">
          <h2 id="kibana-token" className="grow">
            Kibana enrollment token
          </h2>
          <SmallButton icon="again" busy={make.busy} onPress={() => make.start()}>
            New token
          </SmallButton>
        </div>
        {token === null ? <p className="small quiet">There is none yet.</p> : <TokenText token={token} what="Kibana token" />}
        {refused === null ? null : <Trouble problem={refused} />}
      </div>
    </section>
  )
}

/** A token with the ring of its half hour beside it; `children` stand below it. */
export function TokenCard({ token, children }: { token: EnrollmentTokenView; children?: ReactNode }) {
  return (
    <div className="card token">
      <TokenRing token={token} />
      <div className="grow stack tight">
        <TokenText token={token} what={token.scope === 'kibana' ? 'Kibana token' : 'node token'} />
        {children}
      </div>
    </div>
  )
}

/** What is left of a token's life. */
function TokenRing({ token }: { token: EnrollmentTokenView }) {
  const now = useNow(1000)
  const { clock, part, over } = left(token, now)
  return (
    <div role="img" aria-label={over ? 'Expired' : `Valid for another ${clock.split(':')[0]} minutes`}>
      <Ring part={part} state={over ? 'bad' : part < 0.17 ? 'heed' : 'good'}>
        {clock}
      </Ring>
    </div>
  )
}

const uses = {
  kibana: 'Kibana asks for it when it is opened for the first time. It works for 30 minutes from when it was made.',
  node: 'The new node is started with it. It works for 30 minutes from when it was made.',
} as const

/** A token in one line that scrolls, hidden until it is asked for. */
function TokenText({ token, what }: { token: EnrollmentTokenView; what: string }) {
  const [shown, setShown] = useState(false)
  const over = left(token, useNow(5000)).over
  return (
    <>
      <div className="row token-row">
        <div className="grow token-text">
          <SecretValue what={what} value={token.token} shown={shown} />
        </div>
        <ShowButton what={what} shown={shown} onToggle={() => setShown(!shown)} />
        <CopyButton what={what} text={token.token} secret />
      </div>
      <p className="small quiet">
        {over ? 'Its 30 minutes are over. Make a new one.' : uses[token.scope]}
      </p>
    </>
  )
}
