import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import { hereOf } from '../network/resolve-host.ts'
import type { Plan } from '../plan/plan.ts'
import { areEnforced } from '../preflight/bootstrap/enforced.ts'
import { factsOf, withWritten } from '../preflight/bootstrap/facts.ts'
import type { BootstrapFacts } from '../preflight/bootstrap/foreseen.ts'
import { foreseeBootstrapChecks } from '../preflight/bootstrap/rules.ts'
import { surroundingsOf } from '../preflight/settings-file.ts'
import { readSettings } from '../preflight/settings.ts'
import { configPaths } from '../security/config-paths.ts'

/**
 * Where Elasticsearch enforces its bootstrap checks a failed one ends its start: here that is known before anything is
 * written. They are asked of the node as `plan` will make it. Problem: `join_bootstrap`, with all that fail.
 */
export async function refuseBootstrap(installation: Installation, plan: Plan): Promise<void> {
  const { home, config, logs } = installation
  const paths = configPaths(config)
  const text = writtenTo(plan, paths.yml) ?? ''
  const { env, given } = await surroundingsOf(installation, text)
  const settings = readSettings(text, env, given)
  const facts = await factsOf(installation, { settings, log: logs, env })
  const options = withWritten(facts.options, paths.heap, writtenTo(plan, paths.heap))
  if (await areEnforced(settings, options, await hereOf(home))) refuseFailing({ ...facts, options })
}

/** Problem: `join_bootstrap`. */
export function refuseFailing(facts: BootstrapFacts): void {
  const failing = foreseeBootstrapChecks(facts).filter(({ status }) => status === 'blocks')
  if (failing.length > 0) throw problem('join_bootstrap', { what: failing.map(({ detail }) => detail), remedies: failing.flatMap(({ remedy }) => remedy ?? []) })
}

function writtenTo({ changes }: Plan, path: string): string | null {
  const change = changes.findLast((one) => one.kind === 'write' && one.path === path)
  return change?.kind === 'write' ? Buffer.from(change.content).toString('utf8') : null
}
