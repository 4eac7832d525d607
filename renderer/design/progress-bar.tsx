import './progress-bar.css'
import type { Progress } from '../../shared/contract/target.ts'
import { paceWords } from '../../shared/pace-words.ts'
import { duration } from '../../shared/duration.ts'
import { inBytes } from '../../shared/sizes.ts'

/** How far long work is: a bar, what is done now, how much of it, and the time it has taken. */
export function ProgressBar({ progress, name, ms }: { progress: Progress | null; name: string; ms: number }) {
  const part = progress === null || progress.total === null || progress.total === 0 ? null : Math.min(1, progress.done / progress.total)
  return (
    <div className="stack tight">
      <Bar name={name} part={part} />
      <div className="row small">
        <span className="grow quiet">{progress?.text ?? 'Beginning'}</span>
        <span className="seconds">
          {[...(progress === null ? [] : [amount(progress), paceWords(progress)]), duration(ms)].filter((words) => words !== '').join(' · ')}
        </span>
      </div>
    </div>
  )
}

/** The bar alone. `part`: 0 to 1, null where nobody knows. */
export function Bar({ name, part }: { name: string; part: number | null }) {
  return (
    <div
      className="bar"
      role="progressbar"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={part === null ? undefined : Math.round(part * 100)}
      data-known={part !== null}
    >
      <span style={part === null ? undefined : { width: `${part * 100}%` }} />
    </div>
  )
}

function amount({ done, total, unit }: Progress): string {
  const told = unit === 'bytes' ? inBytes : String
  const words = total === null ? told(done) : `${told(done)} of ${told(total)}`
  return unit === 'files' ? `${words} files` : unit === 'steps' && total !== null ? `step ${words}` : words
}
