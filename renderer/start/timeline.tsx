import './timeline.css'
import type { Phase } from '../../shared/contract/setup.ts'
import { duration } from '../../shared/duration.ts'
import { type State, StateMark } from '../design/state-mark.tsx'

const marks: Record<Phase['state'], readonly [State, string]> = {
  waiting: ['waiting', 'Still to come:'],
  running: ['live', 'Under way:'],
  done: ['good', 'Done:'],
  failed: ['bad', 'Failed:'],
}

/** The phases with their seconds and what each does; the one under way is alive. */
export function Timeline({ phases, now }: { phases: readonly Phase[]; now: number }) {
  return (
    <ol className="timeline" aria-label="Phases of the start">
      {phases.map((phase) => {
        const [state, words] = marks[phase.state]
        const ms = phase.ms ?? (phase.state === 'running' && phase.startedAt !== null ? now - phase.startedAt : null)
        return (
          <li key={phase.id} className="phase" data-phase={phase.state}>
            <StateMark state={state} words={words} />
            <span className="phase-title">{phase.title}</span>
            <span className="phase-detail">{phase.detail}</span>
            <span className="seconds">{ms === null ? '' : duration(ms)}</span>
          </li>
        )
      })}
    </ol>
  )
}
