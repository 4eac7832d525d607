import type { NodeStatus } from '../../shared/contract/node.ts'
import { labelled, type Row } from './labels.ts'
import type { Style } from './style.ts'
import { clockTime, printable } from './text.ts'

/** Where a node stands, for a person. */
export function statusPage(status: NodeStatus, style: Style): string {
  const works = status.answering && status.master !== false
  const sign = status.running ? (works ? style.good(style.signs.done) : style.warn(style.signs.warning)) : style.dim(style.signs.waiting)
  const head = `${sign} ${style.bold(printable(status.sentence))}`
  const { node } = status
  if (node === null) return `${head}\n`
  const rows: Row[] = [
    ['Node', printable(node.name)],
    ['Version', node.version],
    ['Address', status.url],
    ...(status.answering && status.master === false ? [['Master', style.bad('none')] as const] : []),
    ...(status.health === null ? [] : [['Health', health(status.health, style)] as const]),
    ...(status.certificateValidUntil === null ? [] : [['Certificate', certificate(status.certificateValidUntil, style)] as const]),
    ['Process', node.startedAt === null ? String(node.pid) : `${node.pid}, since ${since(node.startedAt)}`],
    ['Log', printable(node.logFile)],
  ]
  return `${head}\n\n${labelled(rows, style)}\n`
}

function certificate(until: number, style: Style): string {
  const day = new Date(until).toISOString().slice(0, 10)
  return until <= Date.now() ? style.bad(`expired on ${day}`) : `valid until ${day}`
}

function health(text: string, style: Style): string {
  const paint = { green: style.good, yellow: style.warn, red: style.bad }[text]
  return paint === undefined ? printable(text) : paint(text)
}

function since(at: number): string {
  const today = new Date(at).toDateString() === new Date().toDateString()
  return today ? clockTime(at) : `${new Date(at).toISOString().slice(0, 10)} ${clockTime(at)}`
}
