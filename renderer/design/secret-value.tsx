import './secret-value.css'
import { Icon } from './icon.tsx'

const mask = '•'.repeat(20)

/** A secret: dots until it is asked for. Dots say nothing of its length. */
export function SecretValue({ value, shown, large = false }: { value: string; shown: boolean; large?: boolean }) {
  return (
    <span className="secret mono" data-shown={shown} data-large={large}>
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
