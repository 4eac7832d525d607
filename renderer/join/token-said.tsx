import type { TokenView } from '../../shared/contract/join.ts'
import { Fact, Facts } from '../design/facts.tsx'
import { Fingerprint } from '../design/fingerprint.tsx'
import { useNow } from '../design/use-now.ts'
import { lifeWords } from './life-words.ts'

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
      </Facts>
    </div>
  )
}
