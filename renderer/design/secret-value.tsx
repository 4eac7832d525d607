import './secret-value.css'
import { Icon } from './icon.tsx'

const mask = '•'.repeat(20)

/** A secret: dots until it is asked for, which say nothing of its length; then one line that scrolls. `what` names it. */
export function SecretValue({ what, value, shown, large = false }: { what: string; value: string; shown: boolean; large?: boolean }) {
  return (
    <span className="secret mono" data-shown={shown} data-large={large} {...(shown ? { tabIndex: 0, role: 'group', 'aria-label': what } : {})}>
      {shown ? (
        value
      ) : (
        <>
          <span aria-hidden="true">{mask}</span>
          <span className="unseen">hidden</span>
        </>
      )}
    </span>
  )
}

/** Shows and hides what `what` names. */
export function ShowButton({ what, shown, onToggle }: { what: string; shown: boolean; onToggle: () => void }) {
  return (
    <button type="button" className="plain copy" aria-pressed={shown} aria-label={`${shown ? 'Hide' : 'Show'} ${what}`} onClick={onToggle}>
      <Icon name={shown ? 'eyeOff' : 'eye'} size={14} />
      <span>{shown ? 'Hide' : 'Show'}</span>
    </button>
  )
}
