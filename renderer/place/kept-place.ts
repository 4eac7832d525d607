import type { WizardPlace } from '../../shared/contract/host.ts'

/**
 * After the connection broke: does the place that the host keeps know of something this page began and was not told of? Only a page
 * that waits for nothing is led on, and only where it has chosen what was begun: another tab's work is that tab's.
 */
export function knowsMore(kept: WizardPlace | null, own: WizardPlace): kept is WizardPlace {
  if (kept === null || own.setupId !== null || own.workId !== null) return false
  const began = kept.setupId !== null || kept.workId !== null
  return began && (own.step === 'find' || kept.target?.home === own.target?.home)
}
