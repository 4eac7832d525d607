import type { Check, PreflightReport } from '../../shared/contract/preflight.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'
import { isPartOfSetup } from '../../shared/part-of-setup.ts'
import type { Style } from './style.ts'
import { unfinishedPage } from './unfinished-page.ts'
import { columnsOf, indented, padEnd, printable } from './text.ts'

export interface CheckLines {
  /** a command of ours for this home, as a line to run */
  readonly of: (command: string) => string
  /** whether its settings turn on TLS for clients */
  readonly secured: boolean
  readonly unfinished?: UnfinishedWork | undefined
}

/** The verdict of `check` for a person: what needs a decision first, what is fine below it. */
export function checkPage(target: NodeTarget, report: PreflightReport, style: Style, lines: CheckLines): string {
  const width = Math.min(style.columns, 100)
  const unfinished = unfinishedPage(lines.unfinished, lines.of, style)
  if (report.running != null) return `${unfinished}${runningPage(report, style, width)}`
  const of = (...wanted: readonly Check['status'][]) => report.checks.filter(({ status }) => wanted.includes(status))
  const parts = [
    verdict(target, report, style, width),
    next(report, style, lines),
    ...[...of('blocks', 'skips').filter((check) => !isPartOfSetup(report, check)), ...of('warning')].map((check) => toldCheck(check, style, width)),
    fine(of('passed'), style, width),
  ]
  return `${unfinished}${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** One line for a node that runs and is secured; below it what is worth knowing, and what would end its next start. */
function runningPage(report: PreflightReport, style: Style, width: number): string {
  const isFine = report.verdict === 'running' && report.running?.secured === true
  const sign = isFine ? style.good(style.signs.done) : style.warn(style.signs.warning)
  const own = report.checks.find(({ id }) => id === 'running')
  const remedy = isFine && report.running?.answering === true ? '' : indented(printable(own?.remedy ?? ''), '  ', width)
  const line = `${sign} ${printable(report.reason ?? '')}${remedy === '' ? '' : `\n${remedy}`}`
  const warnings = report.checks.filter(({ id, status }) => id !== 'running' && status === 'warning')
  return `${[line, ...warnings.map((check) => toldCheck(check, style, width))].join('\n\n')}\n`
}

function verdict(target: NodeTarget, report: PreflightReport, style: Style, width: number): string {
  const words = {
    running: `${style.good(style.signs.done)} ${style.bold('Running')}`,
    ready: `${style.good(style.signs.done)} ${style.bold('Ready')}  this Elasticsearch can be given its first secured node`,
    skipped: `${style.warn(style.signs.warning)} ${style.bold('Skipped')}  Elasticsearch would start here without configuring security`,
    blocked: `${style.bad(style.signs.failed)} ${style.bold('Blocked')}  Elasticsearch could not be set up here`,
  }[report.verdict]
  const configured =
    report.verdict === 'blocked'
      ? `${style.bad(style.signs.failed)} ${style.bold('Cannot start')}  security is set up here, but the node could not start`
      : `${style.good(style.signs.done)} ${style.bold('Set up, not running')}  security is configured here`
  const said = report.checks.find(({ id }) => id === report.decidedBy)
  const reason = report.reason === null || (said !== undefined && isPartOfSetup(report, said)) ? '' : `\n${indented(printable(report.reason), '  ', width)}`
  return `${report.configured ? configured : words}\n  ${style.dim(printable(target.home))}${reason}`
}

/** Lines to run stand whole on lines of their own. */
function next(report: PreflightReport, style: Style, { of, secured, unfinished }: CheckLines): string {
  if (unfinished !== undefined) return ''
  const line = (words: string, command: string): string => `${words}\n  ${style.accent(printable(of(command)))}`
  if (report.configured && !secured) return line('Start it, where it does not run:', 'start')
  if (report.configured && report.verdict === 'blocked') return ''
  if (report.configured && report.checks.some(({ code }) => code === 'password_unseen'))
    return [line('Start it, where it does not run:', 'start'), line('Then set a password, since nobody has one:', 'reset-password')].join('\n')
  if (report.configured) return [line('Overview:', 'show'), line('Start it, where it does not run:', 'up')].join('\n')
  if (report.verdict === 'ready') return line('Go on with:', 'up')
  const count = report.checks.filter(({ undoable }) => undoable === true).length
  return count === 0 ? '' : line(`${count === 1 ? 'One thing' : `${count} things`} in the way can be undone, after a preview:`, 'prepare')
}

/** A check that needs a decision, and what to do about it. */
export function toldCheck(check: Check, style: Style, width: number): string {
  const sign = { blocks: style.bad(style.signs.failed), skips: style.warn(style.signs.warning), warning: style.warn(style.signs.warning), passed: '' }[check.status]
  const remedy = check.remedy === null ? '' : `\n${indented(printable(check.remedy), '    ', width)}`
  return `${sign} ${style.bold(printable(check.title))}\n${indented(printable(check.detail), '  ', width)}${remedy === '' ? '' : `\n  ${style.accent('What to do')}${remedy}`}`
}

function fine(passed: readonly Check[], style: Style, width: number): string {
  if (passed.length === 0) return ''
  const room = Math.min(30, Math.max(...passed.map(({ title }) => columnsOf(title)))) + 2
  const lines = passed.map((check) => {
    const [first = '', ...rest] = indented(printable(check.detail), '', width - room - 2).split('\n')
    const head = `${style.good(style.signs.done)} ${padEnd(printable(check.title), room)}${style.dim(first)}`
    return [head, ...rest.map((line) => `${' '.repeat(room + 2)}${style.dim(line)}`)].join('\n')
  })
  return [style.bold(`${passed.length} ${passed.length === 1 ? 'check' : 'checks'} passed`), ...lines].join('\n')
}
