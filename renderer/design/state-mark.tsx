import './state-mark.css'
import { Icon } from './icon.tsx'

/** What a thing is at a glance. The only colours of the page. */
export type State = 'good' | 'heed' | 'bad' | 'live' | 'waiting'

const icons = { good: 'check', heed: 'heed', bad: 'cross', live: 'dot', waiting: 'dot' } as const

/** A round mark in the colour of a state; `words` say it to whoever does not see it. */
export function StateMark({ state, words }: { state: State; words?: string }) {
  return (
    <span className="mark" data-state={state}>
      {state === 'good' || state === 'bad' || state === 'heed' ? <Icon name={icons[state]} size={12} /> : null}
      {words === undefined ? null : <span className="unseen">{words}</span>}
    </span>
  )
}

/** A word in the colour of a state, with its dot. */
export function StateWord({ state, children }: { state: State; children: string }) {
  return (
    <span className="state-word" data-state={state}>
      {children}
    </span>
  )
}
