import { barsOf } from './bars.ts'
import { figureText, median, rangeText, ratioText } from './figures.ts'
import type { Taken } from './interleave.ts'
import type { Goal, Part } from './part.ts'

/** A part that was measured, or could not even be begun. */
export interface Measured {
  readonly part: Pick<Part, 'name' | 'title' | 'about' | 'drawn'>
  readonly taken: readonly Taken[]
  /** why it could not be begun */
  readonly failure: string | null
  readonly rounds: number
  /** of the machine in the minute before and at the end; null where the system does not say */
  readonly load: readonly [string | null, string | null]
}

export interface JudgedGoal {
  readonly text: string
  readonly met: boolean
  readonly limit: string
}

/** A part as Markdown: when, how often and on what machine it was measured, a row a measure, what is drawn of them, then what limits the goals that are missed. */
export function partSection({ part, taken, failure, rounds, load: [before, after] }: Measured, on: { readonly date: Date; readonly machine: readonly string[] }): string {
  const busy = before === null || after === null ? '' : `; load of the machine ${before} before, ${after} after`
  const when = `${on.date.toISOString().slice(0, 10)}, ${rounds} rounds${busy}; ${on.machine.join('; ')}.`
  const head = [`### ${part.name}: ${part.title}`, part.about, when]
  if (failure !== null) return [...head, `**Failed:** ${failure}`].join('\n\n')
  const rows = taken.map((one) => row(one, taken))
  const missed = taken.flatMap((one) => goalsOf(one, taken).flatMap(({ met, text, limit }) => (met ? [] : [`- Missed, ${one.measure.what} ${text}. ${limit}`])))
  const table = ['| | median | least – most | of stock | goal |', '| --- | ---: | ---: | ---: | --- |', ...rows].join('\n')
  const drawn = taken.filter(({ measure, failure }) => failure === null && part.drawn?.includes(measure.id))
  return [...head, table, ...(drawn.length === 0 ? [] : [barsOf(drawn)]), ...(missed.length === 0 ? [] : [missed.join('\n')])].join('\n\n')
}

/** How the goals of a measure stand. Empty where it failed: that is told instead. */
export function goalsOf(one: Taken, all: readonly Taken[]): JudgedGoal[] {
  if (one.failure !== null) return []
  return (one.measure.goals ?? []).map((goal) => judged(goal, one, all))
}

export function hasFailed({ taken, failure }: Measured): boolean {
  return failure !== null || taken.some((one) => one.failure !== null)
}

function row(one: Taken, all: readonly Taken[]): string {
  const { measure, figures, failure } = one
  if (failure !== null) return `| ${measure.what} | **failed** | | | ${cell(failure)} |`
  const stock = all.find(({ measure: { id }, failure }) => id === 'stock' && failure === null)
  const ofStock = stock === undefined || stock === one ? '' : ratioText(median(figures) / median(stock.figures))
  const goals = goalsOf(one, all).map(({ text, met }) => `${text}: ${met ? 'met' : '**missed**'}`)
  return `| ${measure.what} | ${figureText(median(figures), measure.unit)} | ${rangeText(figures, measure.unit)} | ${ofStock} | ${cell(goals.join('; '))} |`
}

function judged(goal: Goal, { measure, figures }: Taken, all: readonly Taken[]): JudgedGoal {
  const ours = median(figures)
  if (goal.of === undefined) return { text: `≤ ${figureText(goal.most, measure.unit)}`, met: ours <= goal.most, limit: goal.limit }
  const other = all.find(({ measure: { id } }) => id === goal.of)
  if (other === undefined) throw new Error(`There is no measure ${goal.of} to compare ${measure.id} with.`)
  const of = other.measure.id === 'stock' ? 'stock' : `"${other.measure.what}"`
  if (other.failure !== null) return { text: `≤ ${ratioText(goal.most)} of ${of}`, met: false, limit: 'What it is compared with failed.' }
  const ratio = ours / median(other.figures)
  const is = other.measure.id === 'stock' ? '' : ` (${ratioText(ratio)})`
  return { text: `≤ ${ratioText(goal.most)} of ${of}${is}`, met: ratio <= goal.most, limit: goal.limit }
}

/** What stands in a cell must not end it. */
function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}
