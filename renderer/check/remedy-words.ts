import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { counted } from '../design/sentences.ts'

type Undone = Pick<RemedyPreview, 'settings' | 'keystoreEntries'>

/** What undoing does, in numbers: the words of the button that does it. */
export function undoWords({ settings, keystoreEntries }: Undone): string {
  const names = counted(settings.length, 'setting')
  if (settings.length === 0) return `Take ${counted(keystoreEntries.length, 'entry', 'entries')} out of the keystore`
  if (keystoreEntries.length > 0) return `Take out ${names} and ${counted(keystoreEntries.length, 'keystore entry', 'keystore entries')}`
  return settings.every(({ how }) => how === 'commented out') ? `Comment out ${names}` : `Take out ${names}`
}

/** What it leaves in the way: `2 settings commented out`. */
export function undoneLine({ settings, keystoreEntries }: Undone): string {
  const how = settings.every((setting) => setting.how === 'commented out') && keystoreEntries.length === 0 ? 'commented out' : 'taken out'
  const parts = [settings.length === 0 ? null : counted(settings.length, 'setting'), keystoreEntries.length === 0 ? null : counted(keystoreEntries.length, 'keystore entry', 'keystore entries')]
  return `${parts.filter((part) => part !== null).join(' and ')} ${how}`
}
