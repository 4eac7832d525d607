import type { TokenView } from '../../shared/contract/join.ts'
import { lifeWords } from '../../shared/token-life.ts'
import { Fact, Facts } from '../design/facts.tsx'
import { Fingerprint } from '../design/fingerprint.tsx'
import { useNow } from '../design/use-now.ts'

/** What a token says before it is used. */
export function TokenSaid({ token }: { token: TokenView }) {
  const now = useNow(10_000, true)
  return (
    <div className="card">
      <Facts>
        <Fact name="Addresses">
          <span className="mono">{token.addresses.join(', ')}</span>
        </Fact>
        <Fact name="CA fingerprint">
          <Fingerprint value={token.caFingerprint} />
        </Fact>
        <Fact name="Lives">{lifeWords(token, now)}</Fact>
        <Fact name="Form">
          <span className="mono">{token.version}</span>
        </Fact>
      </Facts>
    </div>
  )
}
