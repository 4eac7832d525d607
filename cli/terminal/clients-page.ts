import { clientNames, type ClientSnippet, type ClientSnippets } from '../../shared/contract/clients.ts'
import { inPairs, labelled } from './labels.ts'
import type { Style } from './style.ts'
import { indented, padEnd, printable } from './text.ts'

/** Every client in a line or two: how it knows the CA, and how to see the whole of it. */
export function clientsPage({ clients, url, caFingerprint, caCertificate, placeholders, fleet, links }: ClientSnippets, style: Style): string {
  const width = Math.min(style.columns, 100)
  const room = Math.max(...clientNames.map((name) => name.length)) + 3
  const facts = labelled([['Address', style.bold(printable(url))], ['CA fingerprint', placeholders ? caFingerprint : inPairs(caFingerprint, style.columns - 30)], ['CA certificate', printable(caCertificate)]], style)
  const listed = clientNames.map((name) => `  ${padEnd(style.bold(name), room)}${clients[name].title}, ${waysOf(clients[name])}`)
  return `${[
    facts,
    `${style.bold('Clients')}\n${listed.join('\n')}`,
    'See one: firstnode clients CLIENT --home DIR',
    indented(fleet, '', width),
    `${style.bold('Next steps')}\n${links.map((link) => `  ${link.title}\n  ${style.dim(link.url)}`).join('\n')}`,
  ].join('\n\n')}\n`
}

/** The whole of one client. The code stands without an indent, so that it can be copied. */
export function clientPage(client: ClientSnippet, style: Style): string {
  const { title, installs, install, file, place, run, outcome, code, trust, checks, needs, other, proved, notes } = client
  const width = Math.min(style.columns, 100)
  const also = other === null ? [] : [`The other way is by ${wayName(other.trust)} (--trust ${other.trust}): ${other.checks}`]
  const words = [`It knows the cluster by ${wayName(trust)}, and checks: ${checks}`, ...also, ...notes, provedSentence(proved)]
  return `${[
    style.bold(title),
    ...(needs.length === 0 ? [] : [needs.map((need) => indented(printable(need), '', width)).join('\n')]),
    `${style.dim(installs)}\n${install}`,
    `${style.dim(`Save as ${file}`)}\n${indented(place, '', width)}`,
    code.trimEnd(),
    `${style.dim('Run it')}\n${run}\n${indented(outcome, '', width)}`,
    words.map((sentence) => indented(sentence, '', width)).join('\n'),
  ].join('\n\n')}\n`
}

function waysOf({ trust, other }: ClientSnippet): string {
  return other === null ? `by ${wayName(trust)}` : `by ${wayName(trust)}, or ${wayName(other.trust)}`
}

function wayName(trust: 'fingerprint' | 'ca'): string {
  return trust === 'ca' ? 'the CA file' : 'the CA fingerprint'
}

function provedSentence(proved: ClientSnippet['proved']): string {
  if (proved === 'run') return 'The tests of Firstnode run this with the real client, against Elasticsearch 8 and 9.'
  if (proved === 'part') return 'The tests of Firstnode run the settings of this against Elasticsearch 8 and 9, but not the whole program.'
  return 'This client was not to be had where Firstnode is tested: the snippet was compared with its documentation, and never run.'
}
