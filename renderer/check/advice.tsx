import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { counted } from '../design/sentences.ts'

/** The first two choices where something stands in the way, in order of advice; the last is to start it as it is. `undoes`: the first one is a press away. */
export function Advice({ remedy, undoes }: { remedy: RemedyPreview | null; undoes: boolean }) {
  return (
    <ol className="advice">
      <li>
        <h2>Remove the blocking settings</h2>
        <p className="quiet">
          {undoes
            ? `You see every line before it is written, and undo puts it back. ${restOf(remedy)}No data directory is touched.`
            : 'Do what is said above, then check again. No data directory has to be deleted or moved for it, and none will be.'}
        </p>
      </li>
      <li>
        <h2>Leave it as it is</h2>
        <p className="quiet">Choose another home, or come back. Nothing was touched.</p>
      </li>
    </ol>
  )
}

function restOf(remedy: RemedyPreview | null): string {
  const count = remedy?.remains.length ?? 0
  return count === 0 ? '' : `${counted(count, 'thing')} ${count === 1 ? 'stays' : 'stay'} for you to do. `
}
