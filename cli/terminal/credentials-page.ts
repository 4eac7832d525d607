import type { Credentials, SetupState } from '../../shared/contract/setup.ts'
import { type Shell, shellLines } from '../../shared/shell-lines.ts'
import { duration } from '../../shared/duration.ts'
import type { UpResult } from '../hand-over.ts'
import { inPairs, labelled, type Row } from './labels.ts'
import type { Style } from './style.ts'
import { clockTime, columnsOf, indented, printable } from './text.ts'

interface Handed {
  readonly credentials: Credentials
  readonly state: SetupState
  readonly shell: Shell
  readonly style: Style
  /** the line that stops the node */
  readonly stopLine: string
}

/** The page people came for: who runs where, with which password, and how to trust it. Values stand whole and alone, to be copied. */
export function credentialsPage({ credentials: got, state, shell, style, stopLine }: Handed): string {
  const name = printable(got.node?.name ?? state.facts?.nodeName ?? 'The node')
  const total = got.timings.total
  const took = total === undefined ? '' : `  ${style.dim(`in ${duration(total)}`)}`
  const password: Row[] = got.password === null ? [] : [['Password', style.bold(style.accent(got.password))]]
  const rows: Row[] = [
    ['Address', style.bold(got.url)],
    ['User', style.bold(got.username)],
    ...password,
    ['CA fingerprint', inPairs(got.caFingerprint, style.columns - 22)],
    ['CA certificate', printable(got.caCertificate)],
  ]
  return page([
    `${style.good(style.signs.done)} ${style.bold(`${name} runs, and its security is on.`)}${took}`,
    rule(style),
    labelled(rows, style),
    ...kibana(got, style),
    ...fromTheShell(got, shell, style),
    rule(style),
    ...(got.password === null ? [] : [hint('The password is shown this once: Firstnode keeps it nowhere.', style)]),
    stopping(stopLine, style),
  ])
}

/** A node whose password is not known here, or one without security: what there is. */
export function existingPage(known: { result: UpResult; running: boolean; stopLine: string; style: Style }): string {
  const { result, running, stopLine, style } = known
  const secured = result.username !== null
  const name = printable(result.node ?? 'The node')
  const head = `${name} ${running ? 'runs already' : 'runs'}, ${secured ? 'and its security was configured before.' : 'and its security was not configured by Firstnode.'}`
  const rows: Row[] = [
    ['Address', style.bold(result.url)],
    ...(secured ? ([['User', style.bold('elastic')], ['Password', 'not known here']] as const) : []),
    ...(result.caFingerprint === null ? [] : [['CA fingerprint', inPairs(result.caFingerprint, style.columns - 22)] as const]),
    ...(result.caCertificate === null ? [] : [['CA certificate', printable(result.caCertificate)] as const]),
  ]
  const reset = result.resetPassword === undefined ? [] : [`${style.bold('A new password')}\n  ${style.accent(printable(result.resetPassword))}`]
  const warning = secured ? [] : [hint('Whoever reaches this address may be able to read and change everything in it.', style)]
  return page([
    `${style.good(style.signs.done)} ${style.bold(head)}`,
    rule(style),
    labelled(rows, style),
    ...reset,
    ...warning,
    stopping(stopLine, style),
  ])
}

function kibana(got: Credentials, style: Style): string[] {
  const token = got.kibanaToken
  if (token === null) return []
  const minutes = Math.round((token.expiresAt - token.createdAt) / 60_000)
  return [`${style.bold('Kibana enrollment token')}  ${style.dim(`lives ${minutes} minutes, until ${clockTime(token.expiresAt)}`)}\n${token.token}`, hint('A Kibana on this machine: firstnode kibana --kibana-home DIR takes it, and starts Kibana.', style)]
}

function fromTheShell(got: Credentials, shell: Shell, style: Style): string[] {
  if (got.password === null) return []
  const { url, username, password, caCertificate } = got
  const { setPassword, curl } = shellLines({ shell, url, username, password, caCertificate })
  return [`${style.bold('From this shell')}\n${style.accent(setPassword)}\n${style.accent(curl)}`]
}

/** A line to run stands whole on a line of its own. */
function stopping(stopLine: string, style: Style): string {
  return `${hint('The node stays when this window closes. To stop it:', style)}\n${style.accent(printable(stopLine))}`
}

function rule(style: Style): string {
  return style.dim(style.signs.rule.repeat(Math.min(style.columns, 76)))
}

function hint(text: string, style: Style): string {
  return indented(text, '', Math.min(style.columns, 100))
    .split('\n')
    .map((line) => style.dim(line))
    .join('\n')
}

/** Parts with a line between them; a rule stands close to what follows it. */
function page(parts: readonly string[]): string {
  return `\n${parts.filter((part) => columnsOf(part) > 0).join('\n\n')}\n\n`
}
