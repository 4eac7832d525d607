import { problem } from '../../shared/problems/problem.ts'

/** What `-E name=value` gives, as Elasticsearch's own tools read it: the value may hold equals signs, and may not be empty. Problem: `bad_given_setting`. */
export function givenSettings(pairs: readonly string[]): Readonly<Record<string, string>> {
  const settings = new Map<string, string>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const name = at < 0 ? '' : pair.slice(0, at).trim()
    if (name === '') throw problem('bad_given_setting', { why: 'has no name and value with an equals sign between them' })
    const shown = name.replace(/[^\p{L}\p{N}_.*-]/gu, '?').slice(0, 80)
    if (pair.slice(at + 1) === '') throw problem('bad_given_setting', { why: `has no value: ${shown}` })
    if (settings.has(name)) throw problem('bad_given_setting', { why: `was given twice: ${shown}` })
    settings.set(name, pair.slice(at + 1))
  }
  return Object.fromEntries(settings)
}
