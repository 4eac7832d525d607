import './fingerprint.css'
import { inPairs } from './figures.ts'

/** A SHA-256 fingerprint in pairs, eight to a line, so that two of them can be compared by eye. */
export function Fingerprint({ value }: { value: string }) {
  const pairs = inPairs(value)
  return (
    <div className="fingerprint mono">
      <span className="unseen">{pairs.join(' ')}</span>
      <span className="fingerprint-pairs" aria-hidden="true">
        {pairs.map((pair, index) => (
          // A pair may come twice; its place is what tells it apart.
          <span key={`${index}-${pair}`}>{pair}</span>
        ))}
      </span>
    </div>
  )
}
