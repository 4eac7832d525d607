import './ring.css'

const radius = 26
const around = 2 * Math.PI * radius

/** A ring that runs down; `part` 0–1 is what is left, `state` colours it. */
export function Ring({ part, state, children }: { part: number; state: 'good' | 'heed' | 'bad'; children: string }) {
  return (
    <div className="ring" data-state={state}>
      <svg viewBox="0 0 60 60" width="60" height="60" aria-hidden="true" focusable="false">
        <circle className="ring-ground" cx="30" cy="30" r={radius} />
        <circle className="ring-left" cx="30" cy="30" r={radius} strokeDasharray={around} strokeDashoffset={around * (1 - part)} transform="rotate(-90 30 30)" />
      </svg>
      <span className="ring-words mono">{children}</span>
    </div>
  )
}
