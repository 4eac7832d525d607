import type { OpeningPreview, TransportState } from '../../shared/contract/transport.ts'
import { toldCheck } from './check-page.ts'
import { planParts } from './plan-page.ts'
import type { Style } from './style.ts'
import { indented, padEnd, printable } from './text.ts'

/** What opening transport will change, and what was foreseen of Elasticsearch's bootstrap checks. */
export function openingPage(preview: OpeningPreview, style: Style): string {
  const width = Math.min(style.columns, 100)
  if (preview.changes.length === 0) return preview.sentences.map((sentence) => `${style.dim(style.signs.dot)} ${indented(printable(sentence), '  ', width).trimStart()}\n`).join('')
  const open = preview.checks.filter(({ status }) => status !== 'passed').map((check) => toldCheck(check, style, width))
  const passed = preview.checks.length - open.length
  const foreseen = passed === 0 ? [] : [`${style.good(style.signs.done)} ${passed} bootstrap ${passed === 1 ? 'check' : 'checks'} foreseen: ${passed === 1 ? 'it passes' : 'they pass'}`]
  return `${[...planParts(preview, style), ...open, ...foreseen].join('\n\n')}\n`
}

/** What transport is bound to, and the addresses to choose from, each with the line that opens it. */
export function transportPage({ sentence, bound, addresses, opened }: TransportState, lines: readonly string[], style: Style): string {
  const parts = [
    `${style.bold(printable(sentence))}${bound.length === 0 ? '' : `\n  ${style.dim(`The node that runs listens on ${printable(bound.join(', '))}.`)}`}`,
    addresses.length === 0 ? 'This machine has no address that other machines reach.' : [style.bold('To let nodes of other machines in, choose an address they reach'), ...addresses.map((one, at) => addressLines(one, lines[at] ?? '', style))].join('\n'),
    ...(opened ? ['What was opened by Firstnode is put back with --undo.'] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function addressLines({ value, interface: name, kind, virtual }: TransportState['addresses'][number], line: string, style: Style): string {
  const words = `${name}, ${kind}${virtual ? ', of containers or virtual machines' : ''}`
  return `  ${padEnd(printable(value), 18)}${style.dim(printable(words))}\n    ${style.accent(printable(line))}`
}
