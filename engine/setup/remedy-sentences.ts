import type { RemedyPreview } from '../../shared/contract/preflight.ts'
import { listed } from './listed.ts'

/** What undoing what stands in the way will do or did: a sentence a fact, without values. */
export function remedySentences({ settings, keystoreEntries, remains }: Pick<RemedyPreview, 'settings' | 'keystoreEntries' | 'remains'>, when: 'will' | 'was'): string[] {
  const names = (how: RemedyPreview['settings'][number]['how']): string[] => settings.filter((setting) => setting.how === how).map(({ name }) => name)
  return [
    ...about(names('commented out'), when, 'commented out in elasticsearch.yml'),
    ...about(names('cut out'), when, 'cut out of its braces in elasticsearch.yml', 'cut out of their braces in elasticsearch.yml'),
    ...about(keystoreEntries, when, 'taken out of elasticsearch.keystore'),
    when === 'will' ? 'No data directory is touched. What is there now is kept, and undo puts it back.' : 'What was there before is kept: undo puts it back.',
    ...remaining(remains, when),
  ]
}

function about(names: readonly string[], when: 'will' | 'was', one: string, many = one): string[] {
  if (names.length === 0) return []
  const single = names.length === 1
  const deed = when === 'will' ? 'will be' : single ? 'was' : 'were'
  return [`${listedShort(names)} ${deed} ${single ? one : many}.`]
}

function remaining(remains: RemedyPreview['remains'], when: 'will' | 'was'): string[] {
  if (remains.length === 0) return when === 'will' ? ['Then nothing stands in the way of setting it up.'] : []
  const titles = listedShort(remains.map(({ title }) => title))
  return [`${remains.length === 1 ? 'One thing stays' : `${remains.length} things stay`} in the way, which no plan can undo: ${titles}.`]
}

/** At most six are named; the diff shows all. */
function listedShort(names: readonly string[]): string {
  return listed(names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names)
}
