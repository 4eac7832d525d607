import './copy-button.css'
import { Icon, type IconName } from './icon.tsx'

/** What can be done with a value, at its end: as quiet as Copy beside it. `label` names it fully where its words are short. */
export function SmallButton({ icon, busy = false, label, onPress, children }: { icon: IconName; busy?: boolean; label?: string; onPress: () => void; children: string }) {
  return (
    <button type="button" className="plain copy" data-busy={busy} aria-disabled={busy} aria-label={label} onClick={() => busy || onPress()}>
      <Icon name={icon} size={14} />
      {children}
    </button>
  )
}
