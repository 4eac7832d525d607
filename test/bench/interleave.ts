import type { Measure } from './part.ts'

/** What came of a measure: its figures, in the order they were taken, and why it failed if it did. */
export interface Taken {
  readonly measure: Measure
  readonly figures: readonly number[]
  readonly failure: string | null
}

/**
 * Takes every measure once a round, each round beginning with the next one, so that whatever slows the machine for a while
 * slows all of them. A measure that fails once is not asked again: its failure is what came of it.
 */
export async function interleave(measures: readonly Measure[], rounds: number, onFigure: (measure: Measure, figure: number | string) => void): Promise<Taken[]> {
  const figures = new Map<string, number[]>(measures.map(({ id }) => [id, []]))
  const failures = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    const from = round % measures.length
    for (const measure of [...measures.slice(from), ...measures.slice(0, from)]) {
      if (failures.has(measure.id)) continue
      try {
        const figure = await measure.take()
        figures.get(measure.id)?.push(figure)
        onFigure(measure, figure)
      } catch (thrown) {
        failures.set(measure.id, failureText(thrown))
        onFigure(measure, `failed: ${failureText(thrown)}`)
      }
    }
  }
  return measures.map((measure) => ({ measure, figures: figures.get(measure.id) ?? [], failure: failures.get(measure.id) ?? null }))
}

/** What went wrong, in one line without folders of this machine. */
export function failureText(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  return text.replace(/\s+/g, ' ').replace(/(?:\/[\w.@+-]+){2,}/g, '…').trim().slice(0, 300)
}
