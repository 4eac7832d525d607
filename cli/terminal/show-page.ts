import type { ShownNode } from '../../shared/contract/node.ts'
import { inPairs, labelled, type Row } from './labels.ts'
import type { Style } from './style.ts'
import { printable } from './text.ts'

/** What a configured node has to show, for a person. */
export function showPage(shown: ShownNode, style: Style): string {
  const none = style.dim('none')
  const rows: Row[] = [
    ['Address', style.bold(shown.url)],
    ...(shown.addresses.length === 0 ? [] : [['Also in its certificate', shown.addresses.map(printable)] as const]),
    ['CA fingerprint', shown.caFingerprint === null ? none : inPairs(shown.caFingerprint, style.columns - 30)],
    ['CA certificate', shown.caCertificate === null ? none : printable(shown.caCertificate)],
    ...(shown.caValidUntil === null ? [] : [['CA valid until', new Date(shown.caValidUntil).toISOString().slice(0, 10)] as const]),
    ...(shown.certificateValidUntil === null ? [] : [['Certificate valid until', dayWords(shown.certificateValidUntil, style)] as const]),
  ]
  const troubles = [shown.caTrouble, shown.clientCertificates].flatMap((one) => (one === undefined ? [] : [one]))
  const warned = troubles.map(
    ({ message, remedy }) => `\n${style.warn(style.signs.warning)} ${printable(message)}\n  ${printable(remedy)}\n`,
  )
  const passwords = shown.keystorePasswords
  const stores: Row[] =
    passwords === null
      ? []
      : [
          ['http.p12', passwords.http ?? none],
          ['transport.p12', passwords.transport ?? none],
        ]
  const secrets = stores.length === 0 ? '' : `\n${style.bold('Passwords of the key stores')}\n${labelled(stores, style)}\n`
  return `${labelled(rows, style)}\n${warned.join('')}${secrets}`
}

function dayWords(at: number, style: Style): string {
  const day = new Date(at).toISOString().slice(0, 10)
  return at <= Date.now() ? style.bad(`${day} (expired)`) : day
}
