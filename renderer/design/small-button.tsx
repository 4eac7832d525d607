import './copy-button.css'
import { Icon, type IconName } from './icon.tsx'

/** What can be done with a value, at its end: as quiet as Copy beside it. */
export function SmallButton({ icon, busy = false, onPress, children }: { icon: IconName; busy?: boolean; onPress: () => void; children: string }) {
  return (
    <button type="button" className="plain copy" data-busy={busy} aria-disabled={busy} onClick={() => busy || onPress()}>
      <Icon name={icon} size={14} />
      {children}
    </button>
  )
}
