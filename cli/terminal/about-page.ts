import type { About, Licence } from '../../shared/contract/desktop.ts'
import { labelled } from './labels.ts'
import type { Style } from './style.ts'
import { printable, printableLines } from './text.ts'

/** Versions, for a person; `packages`: how many are in what is shipped. */
export function aboutPage({ firstnode, versions }: Omit<About, 'licences'>, packages: number, style: Style): string {
  const rows = Object.entries(versions).map(([name, version]) => [printable(name), printable(version)] as const)
  const parts = packages === 0 ? '' : `Made with ${packages} packages of others: firstnode about --licences\n`
  return `${style.bold(`Firstnode ${firstnode}`)} ${style.dim(style.signs.dot)} Apache License 2.0\n\n${labelled(rows, style)}\n${parts === '' ? '' : `\n${style.dim(parts)}`}`
}

/** Every package with the whole text of its licence. */
export function licencesPage(licences: readonly Licence[], style: Style): string {
  if (licences.length === 0) return 'The list of packages is made by the build: this runs from its sources. See package-lock.json.\n'
  return licences.map(({ name, version, licence, text }) => `${style.bold(`${printable(name)} ${printable(version)}`)} ${style.dim(style.signs.dot)} ${printable(licence)}\n\n${printableLines(text)}\n`).join('\n')
}
