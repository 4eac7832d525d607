import type { PlanKind } from './plan.ts'

/** The titles that plans had while journals carried no kind (Firstnode 0.1.0). Never add to this list. */
const titles: readonly (readonly [RegExp, PlanKind])[] = [
  [/^Let nodes of other machines in$/, 'opening'],
  [/^Let in a temporary superuser$/, 'temporary-user'],
  [/^Undo what stands in the way of setting up /, 'remedy'],
  [/^(?:Trust the cluster|Connect Kibana)$/, 'kibana'],
  [/^Save the access to Elasticsearch in a project$/, 'handout'],
  [/^Let .+ join /s, 'join'],
]

/** A journal as it was read; one that an older Firstnode wrote without a kind gets the kind that its title had. */
export function withKind(journal: unknown): unknown {
  if (typeof journal !== 'object' || journal === null || 'kind' in journal || !('title' in journal)) return journal
  const { title } = journal
  if (typeof title !== 'string') return journal
  return { ...journal, kind: titles.find(([pattern]) => pattern.test(title))?.[1] ?? 'first-node' }
}
