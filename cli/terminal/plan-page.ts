import type { ChangeView, DiffLine, PlanPreview } from '../../shared/contract/setup.ts'
import type { Style } from './style.ts'
import { columnsOf, indented, padEnd, printable } from './text.ts'

const around = 2

/** A preview for a person: what will be, then every change to the disk, files with a diff below their line. */
export function planPage(preview: PlanPreview, style: Style): string {
  return `${[...planParts(preview, style), style.dim('Nothing was touched.')].join('\n\n')}\n`
}

/** The same in parts, for a page that goes on. */
export function planParts(preview: Pick<PlanPreview, 'sentences' | 'changes'>, style: Style): string[] {
  const width = Math.min(style.columns, 100)
  const sentences = preview.sentences.map((sentence) => `${style.dim(style.signs.dot)} ${indented(printable(sentence), '  ', width).trimStart()}`)
  const [added, removed] = [style.good('+'), style.bad('-')]
  return [
    `${style.bold('Summary')}\n${sentences.join('\n')}`,
    `${style.bold('Changes on disk')}\n${preview.changes.map((change) => changeLines(change, style)).join('\n')}`,
    ...preview.changes.filter(hasDiff).map((change) => `${style.bold(printable(change.path))}\n${diffLines(change.diff, { added, removed }, style).join('\n')}`),
  ]
}

function hasDiff(change: ChangeView): change is ChangeView & { diff: DiffLine[] } {
  return change.diff !== null && change.diff.some(({ kind }) => kind !== 'same')
}

function changeLines(change: ChangeView, style: Style): string {
  const action = { 'create-directory': 'new folder', create: 'new file', change: 'changed', rename: 'renamed', delete: 'deleted' }[change.action]
  const paint = change.action === 'delete' ? style.bad : change.action === 'change' || change.action === 'rename' ? style.warn : style.good
  const facts = [change.mode, change.owner, change.bytes === null ? null : `${change.bytes} bytes`, change.secret ? 'secret, not shown' : null]
  const path = change.from === null ? printable(change.path) : `${printable(change.from)} -> ${printable(change.path)}`
  const words = facts.filter((fact) => fact !== null).join('  ')
  const note = change.note === '' ? '' : `\n${indented(printable(change.note), '              ', Math.min(style.columns, 100))}`
  return `  ${paint(padEnd(action, 12))}${path}\n              ${style.dim(words)}${note}`.replace(/\n {14}(?=\n|$)/, '')
}

/** Added and removed lines with a little of what stands around them; long runs of unchanged lines are counted. */
function diffLines(diff: readonly DiffLine[], marks: { added: string; removed: string }, style: Style): string[] {
  const near = diff.map((_, index) => diff.slice(Math.max(0, index - around), index + around + 1).some(({ kind }) => kind !== 'same'))
  const room = Math.min(46, Math.max(0, ...diff.filter(({ note }) => note !== null).map(({ text }) => columnsOf(printable(text))))) + 2
  const lines: string[] = []
  let hidden = 0
  const flush = (): void => {
    if (hidden > 0) lines.push(style.dim(`  … ${hidden} unchanged ${hidden === 1 ? 'line' : 'lines'}`))
    hidden = 0
  }
  for (const [index, line] of diff.entries()) {
    if (near[index] !== true) {
      hidden += 1
      continue
    }
    flush()
    lines.push(diffLine(line, room, marks, style))
  }
  flush()
  return lines
}

function diffLine(line: DiffLine, room: number, marks: { added: string; removed: string }, style: Style): string {
  const text = line.text.replace(/[\p{Cc}]/gu, '\ufffd')
  if (line.kind === 'same') return style.dim(`    ${text}`).trimEnd()
  const paint = line.kind === 'added' ? style.good : style.bad
  const note = line.note === null ? '' : style.dim(`# ${printable(line.note)}`)
  return `  ${line.kind === 'added' ? marks.added : marks.removed} ${paint(note === '' ? text : `${padEnd(text, room - 2)}  `)}${note}`
}
