import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'

/** The fields of "Choose yourself" as they are typed: an empty one leaves the default. */
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
  return {
    nodeName: answers.nodeName ?? '',
    clusterName: answers.clusterName ?? '',
    httpPort: answers.httpPort?.toString() ?? '',
    transportPort: answers.transportPort?.toString() ?? '',
    heap: answers.heap ?? '',
    reach: httpHost === undefined ? 'default' : httpHost === machine ? 'machine' : httpHost === everywhere ? 'network' : 'other',
    httpHost: httpHost === undefined || httpHost === machine || httpHost === everywhere ? '' : httpHost,
    san: (answers.san ?? []).join(', '),
    elasticPassword: elasticPassword ?? '',
  }
}

/** What is wrong with a field, in a sentence; the engine checks everything else. */
export function faultsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const faults: Partial<Record<keyof Draft, string>> = {}
  if (!isPort(draft.httpPort)) faults.httpPort = 'A port is a number from 1 to 65535.'
  if (!isPort(draft.transportPort)) faults.transportPort = 'A port is a number from 1 to 65535.'
  else if (draft.transportPort !== '' && draft.transportPort === draft.httpPort) faults.transportPort = 'HTTP and transport need two different ports.'
  if (draft.heap !== '' && !/^\d+[kmg]?$/i.test(draft.heap)) faults.heap = 'A size as Java takes it: 512m, 1g.'
  if (draft.elasticPassword !== '' && draft.elasticPassword.length < 6) faults.elasticPassword = 'Elasticsearch takes six characters or more.'
  return faults
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

/** What was decided, on the fold: `node web-01, ports 9200 and 9300, …`. */
export function hintOf(facts: SetupFacts): string {
  return [
    `node ${facts.nodeName}`,
    `cluster ${facts.clusterName}`,
    `ports ${facts.httpPort} and ${facts.transportPort}`,
    facts.heap === null ? 'heap by itself' : `heap ${facts.heap}`,
  ].join(', ')
}

function isPort(typed: string): boolean {
  return typed === '' || (/^\d{1,5}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 65535)
}

function port(typed: string): number | undefined {
  return typed === '' ? undefined : Number(typed)
}

function text(typed: string): string | undefined {
  return typed.trim() === '' ? undefined : typed.trim()
}
