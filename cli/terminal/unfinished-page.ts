import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'
import type { Style } from './style.ts'
import { printable } from './text.ts'

/** What an interrupted Firstnode left unfinished, and the line that ends it: stands before all else. Empty where nothing is unfinished. */
export function unfinishedPage(unfinished: UnfinishedWork | undefined, line: (command: string) => string, style: Style): string {
  if (unfinished === undefined) return ''
  const { warn, bold, accent, signs } = style
  return `${warn(signs.warning)} ${bold('Unfinished')}  ${printable(unfinished.message)}\n  To end it, run:\n  ${accent(printable(line(unfinished.command)))}\n\n`
}
