import type { Ask } from '../system/ask-system.ts'

/** The mark that macOS puts on what a browser loaded down, and Gatekeeper looks for. */
export const quarantineMark = 'com.apple.quarantine'

/**
 * macOS: takes the mark off a tree that was just unpacked here, at a person's word and from the archive that they chose; nothing else is ever touched.
 * Firstnode marks nothing itself, but it may be marked, and hand that on. Where it cannot be taken off the check `quarantine` says so.
 */
export async function takeOffQuarantine(tree: string, platform: NodeJS.Platform, ask: Ask): Promise<void> {
  if (platform === 'darwin') await ask('xattr', ['-d', '-r', quarantineMark, tree]).catch(() => undefined)
}
