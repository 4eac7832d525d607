import type { ChangeView, SetupFacts } from '../../shared/contract/setup.ts'
import { onlyThisMachine } from '../network/url-host.ts'

/** A sentence for each fact, as the Review page and `firstnode plan` say it. `transportHost`: what transport binds to, a list divided by commas. */
export function sentencesOf(facts: SetupFacts, from: { version: string; home: string; transportHost: string; changes: readonly ChangeView[] }): string[] {
  const { version, home, transportHost, changes } = from
  const reach = onlyThisMachine(facts.httpHost) ? 'from this machine only' : 'from this machine and the network'
  const join = onlyThisMachine(transportHost) ? 'from this machine only' : 'from the network as well'
  return [
    `Elasticsearch ${version} in ${home} becomes the node "${facts.nodeName}" of a new cluster "${facts.clusterName}".`,
    `It will answer on ${urlWords(facts)}, ${reach}. Other nodes can join ${join} (transport on ${portWords(facts.transportPort)}).`,
    facts.passwordChosen
      ? 'The elastic user gets the password you chose.'
      : 'A password is generated for the elastic user. It stays in memory until you copy it.',
    facts.heap === null ? 'Elasticsearch sets its heap size automatically.' : `Its heap will be ${facts.heap}.`,
    ...(facts.runAs === null ? [] : [`It will run as ${facts.runAs}.`]),
    ...facts.portNotes,
    summaryOf(changes),
  ]
}

/** Port 0 is one that the system chooses when the node starts. */
export function portWords(port: number): string {
  return port === 0 ? 'a port that the system chooses' : `port ${port}`
}

function urlWords({ url, httpPort }: SetupFacts): string {
  return httpPort === 0 ? `${url.replace(/:0$/, '')}, on ${portWords(0)}` : url
}

export function summaryOf(changes: readonly ChangeView[]): string {
  const count = (action: ChangeView['action']): number => changes.filter((change) => change.action === action).length
  const parts = [
    counted(count('create'), 'new file', 'new files'),
    counted(count('change'), 'changed file', 'changed files'),
    counted(count('rename'), 'renamed', 'renamed'),
  ].filter((part) => part !== null)
  return `On disk: ${parts.join(', ')}. Nothing has been written yet.`
}

function counted(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`
}
