import type { ChangeView } from '../../shared/contract/setup.ts'
import { counted } from '../design/sentences.ts'

/** The primary button of Review: what it will do, in numbers. */
export function applyWords(changes: readonly ChangeView[]): string {
  const files = changes.filter(({ action }) => action === 'create' || action === 'change').length
  return files === 0 ? 'Start the node' : `Write ${counted(files, 'file')} and start`
}

/** The folder that all changes lie in, with its separator at the end; paths are shown from there. */
export function sharedFolder(changes: readonly ChangeView[], separator: string): string {
  const folders = changes.map(({ path }) => path.slice(0, path.lastIndexOf(separator) + 1))
  const [first = '', ...more] = folders
  let shared = first
  for (const folder of more) while (!folder.startsWith(shared)) shared = shared.slice(0, shared.lastIndexOf(separator, shared.length - 2) + 1)
  return shared
}

/** The diff with long runs of unchanged lines folded away: `around` lines stay beside each change, and what says how much was left out before. */
export function hunks<L extends { kind: string; note?: string | null }>(diff: readonly L[], around = 3): (L | { skipped: number })[] {
  const near = diff.map(({ note }, index) => (note ?? null) !== null || diff.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'))
  const shown: (L | { skipped: number })[] = []
  for (const [index, line] of diff.entries()) {
    const last = shown.at(-1)
    if (near[index] === true) shown.push(line)
    else if (last !== undefined && 'skipped' in last) last.skipped += 1
    else shown.push({ skipped: 1 })
  }
  return shown
}
