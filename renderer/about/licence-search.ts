import type { Licence } from '../../shared/contract/desktop.ts'

/** The packages whose name or licence holds every word of `wanted`. */
export function licencesFor(licences: readonly Licence[], wanted: string): Licence[] {
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return licences.filter(({ name, licence }) => words.every((word) => `${name} ${licence}`.toLowerCase().includes(word)))
}
