import type { CertificatesState, CertificateView } from '../../shared/contract/certificates.ts'
import { labelled, type Row } from './labels.ts'
import type { Style } from './style.ts'
import { indented, printable } from './text.ts'

const layers = { http: 'HTTP', transport: 'Transport' } as const

/** What the user should act on, each with the command that fixes it. Empty where there is nothing. */
export function findingsPage(
  { findings }: Pick<CertificatesState, 'findings'>,
  line: (command: string) => string,
  style: Style,
): string {
  const width = Math.min(style.columns, 100)
  const parts = findings.map(({ message, remedy, command }) => {
    const what =
      command === null ? indented(printable(remedy), '  ', width) : `  ${style.accent(printable(line(command)))}`
    return `${style.warn(style.signs.warning)} ${indented(printable(message), '  ', width).trimStart()}\n${what}\n`
  })
  return parts.length === 0 ? '' : `\n${parts.join('')}`
}

/** Every certificate with its end, its serial number and its file. */
export function certificatesPage(
  { certificates, served, unreadable }: Omit<CertificatesState, 'target'>,
  style: Style,
): string {
  const rows = certificates.map((one): Row => [
    nameOf(one),
    [until(one.validUntil, style), style.dim(`serial ${one.serial}`), style.dim(printable(one.path))],
  ])
  const shows: Row[] = served === null ? [] : [['Served now', servedWords(served, style)]]
  const troubles = unreadable.map(({ message }) => `\n  ${style.warn(style.signs.warning)} ${printable(message)}`)
  const all = [...rows, ...shows]
  return all.length + troubles.length === 0
    ? ''
    : `\n${style.bold('Certificates')}\n${all.length === 0 ? '' : labelled(all, style)}${troubles.join('')}\n`
}

function nameOf({ layer, role }: CertificateView): string {
  return `${layers[layer]}${role === 'authority' ? ' CA' : ''}`
}

function servedWords({ asOnDisk, validUntil, serial }: NonNullable<CertificatesState['served']>, style: Style): string {
  if (asOnDisk === true) return 'the HTTP certificate above'
  if (asOnDisk === null) return `${until(validUntil, style)}, serial ${serial}`
  return style.warn(`another certificate: ${until(validUntil, style)}, serial ${serial}`)
}

function until(at: number, style: Style): string {
  const day = new Date(at).toISOString().slice(0, 10)
  return at <= Date.now() ? style.bad(`expired on ${day}`) : `valid until ${day}`
}
