import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Plan } from '../plan/plan.ts'
import type { JvmOption } from '../preflight/jvm-options.ts'
import { environmentOf } from '../preflight/preflight.ts'
import { readSettings } from '../preflight/settings.ts'
import { configPaths } from '../security/config-paths.ts'
import { factsOf } from '../transport/bootstrap-facts.ts'
import type { BootstrapFacts } from '../transport/bootstrap/foreseen.ts'
import { foreseeBootstrapChecks } from '../transport/bootstrap/rules.ts'

/**
 * With transport open to the network Elasticsearch ends its start where one of its bootstrap checks fails: here that is known before anything is written. They are asked of the
 * node as `plan` will make it. Problem: `join_bootstrap`, with all that fail.
 */
export async function refuseBootstrap(installation: Installation, plan: Plan): Promise<void> {
  const { home, config, logs } = installation
  const env = environmentOf({})
  const paths = configPaths(config)
  const settings = readSettings(writtenTo(plan, paths.yml) ?? '', env, { 'path.home': home })
  const facts = await factsOf(installation, { settings, log: logs, env })
  refuseFailing({ ...facts, options: withWritten(facts.options, paths.heap, writtenTo(plan, paths.heap)) })
}

/** Problem: `join_bootstrap`. */
export function refuseFailing(facts: BootstrapFacts): void {
  const failing = foreseeBootstrapChecks(facts).filter(({ status }) => status === 'blocks')
  if (failing.length > 0) throw problem('join_bootstrap', { what: failing.map(({ detail }) => detail), remedies: failing.flatMap(({ remedy }) => remedy ?? []) })
}

/** The options as they will be once `text` is in the file `path`: Java reads it before ES_JAVA_OPTS, and of the other files none that comes later speaks of the heap. */
export function withWritten(options: readonly JvmOption[], path: string, text: string | null): readonly JvmOption[] {
  if (text === null) return options
  const others = options.filter(({ from }) => from !== path)
  const written = text.split('\n').flatMap((line) => (line.startsWith('-') ? [{ text: line, from: path }] : []))
  return [...others.filter(({ from }) => from !== 'ES_JAVA_OPTS'), ...written, ...others.filter(({ from }) => from === 'ES_JAVA_OPTS')]
}

function writtenTo({ changes }: Plan, path: string): string | null {
  const change = changes.findLast((one) => one.kind === 'write' && one.path === path)
  return change?.kind === 'write' ? Buffer.from(change.content).toString('utf8') : null
}
