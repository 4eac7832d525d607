import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'

/** The fields of "Advanced options" as they are typed: an empty one leaves the default. */
export interface Draft {
  readonly nodeName: string
  readonly clusterName: string
  readonly httpPort: string
  readonly transportPort: string
  readonly heap: string
  readonly reach: 'default' | 'machine' | 'network' | 'other'
  readonly httpHost: string
  readonly san: string
  readonly elasticPassword: string
}

export type Open = Omit<SetupAnswers, 'elasticPassword' | 'keystorePassword'>

const everywhere = '0.0.0.0'
const machine = 'localhost'

/** The form for answers that were given before. */
export function draftOf(answers: Open, elasticPassword: string | undefined): Draft {
  const { httpHost } = answers
  const named = httpHost !== undefined && httpHost !== machine && httpHost !== everywhere
  return {
    nodeName: answers.nodeName ?? '',
    clusterName: answers.clusterName ?? '',
    httpPort: answers.httpPort?.toString() ?? '',
    transportPort: answers.transportPort?.toString() ?? '',
    heap: answers.heap ?? '',
    reach: named ? 'other' : httpHost === machine ? 'machine' : httpHost === everywhere ? 'network' : 'default',
    httpHost: named ? httpHost : '',
    san: (answers.san ?? []).join(', '),
    elasticPassword: elasticPassword ?? '',
  }
}

type Faults = Partial<Record<keyof Draft, string>>

/** What is wrong with a field, in a sentence; the engine checks everything else. */
export function faultsOf(draft: Pick<Draft, 'httpPort' | 'transportPort' | 'heap'> & Partial<Draft>): Faults {
  const faults: Faults = {}
  const [http, transport] = [draft.httpPort.trim(), draft.transportPort.trim()]
  if (!isPort(http)) faults.httpPort = notAPort
  if (!isPort(transport)) faults.transportPort = notAPort
  else if (transport !== '' && Number(transport) === Number(http)) faults.transportPort = 'Choose a port other than the HTTP port.'
  if (!/^(\d{1,15}[kmgt]?)?$/i.test(draft.heap.trim())) faults.heap = 'Enter a size such as 512m or 1g.'
  const { elasticPassword = '' } = draft
  if (elasticPassword !== '' && elasticPassword.length < 6) faults.elasticPassword = 'Use at least 6 characters.'
  return faults
}

const notAPort = 'Enter a port from 1 to 65535.'

/** What cannot be left empty, with the choices as they are. */
export function missingFrom({ reach, httpHost }: Draft): Faults {
  return reach === 'other' && httpHost.trim() === '' ? { httpHost: 'Enter an IP address, host name or network interface.' } : {}
}

/** What the form answers, secrets apart; what was left empty stays out, for the engine's default. */
export function answersOf(draft: Draft): { open: Open; elasticPassword: string | undefined } {
  const httpHost = { default: undefined, machine, network: everywhere, other: text(draft.httpHost) }[draft.reach]
  const san = draft.san.split(/[\s,]+/).filter((name) => name !== '')
  const open: Open = {
    nodeName: text(draft.nodeName),
    clusterName: text(draft.clusterName),
    httpPort: port(draft.httpPort),
    transportPort: port(draft.transportPort),
    heap: text(draft.heap),
    httpHost,
    san: san.length === 0 ? undefined : san,
  }
  return {
    open: Object.fromEntries(Object.entries(open).filter(([, value]) => value !== undefined)),
    elasticPassword: draft.elasticPassword === '' ? undefined : draft.elasticPassword,
  }
}

/** Whether two drafts ask for the same plan. */
export function asksTheSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(answersOf(one)) === JSON.stringify(answersOf(other))
}

/** What was decided, on the fold: `node web-01, ports 9200 and 9300, …`. */
export function hintOf(facts: SetupFacts): string {
  return [
    `node ${facts.nodeName}`,
    `cluster ${facts.clusterName}`,
    `ports ${facts.httpPort} and ${facts.transportPort}`,
    facts.heap === null ? 'automatic heap size' : `heap size ${facts.heap}`,
  ].join(', ')
}

function isPort(typed: string): boolean {
  return typed === '' || (/^\d{1,5}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 65535)
}

/** A port that was typed; an empty field leaves the default. */
export function port(typed: string): number | undefined {
  return typed.trim() === '' ? undefined : Number(typed)
}

/** What was typed, without the blanks around it; an empty field leaves the default. */
export function text(typed: string): string | undefined {
  return typed.trim() === '' ? undefined : typed.trim()
}
