import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'
import type { Style } from './style.ts'
import { printable } from './text.ts'

/** What is unfinished, and the line that ends it, or that a Firstnode is at it: stands before all else. Empty where nothing is unfinished. */
export function unfinishedPage(unfinished: UnfinishedWork | undefined, line: (command: string) => string, style: Style): string {
  if (unfinished === undefined) return ''
  const { warn, bold, accent, signs } = style
  const { message, remedy, command } = unfinished
  if (command === null) return `${warn(signs.warning)} ${bold('Work in progress')}  ${printable(message)}\n  ${printable(remedy)}\n\n`
  return `${warn(signs.warning)} ${bold('Unfinished')}  ${printable(message)}\n  To end it, run:\n  ${accent(printable(line(command)))}\n\n`
}
