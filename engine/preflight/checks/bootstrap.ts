import { problem } from '../../../shared/problems/problem.ts'
import { enforceOptionOf } from '../bootstrap/enforced.ts'
import type { BootstrapRule } from '../bootstrap/foreseen.ts'
import { bootstrapRules } from '../bootstrap/rules.ts'
import { blocksWith, passed, type Rule } from '../check.ts'

/** What a set-up writes itself. */
const written = new Set(['discovery', 'transport-tls'])

/** Elasticsearch's bootstrap checks, each as a check of its own where they are enforced. */
export const bootstrapCheckRules: readonly Rule[] = bootstrapRules.filter(({ id }) => !written.has(id)).map(asRule)

/** Those that are shown where they are not enforced. */
const usual = new Set(['max-map-count', 'open-files'])

function asRule({ id, title, run }: BootstrapRule): Rule {
  return {
    id,
    title,
    run: ({ bootstrap, platform }) => {
      if (bootstrap === null) return null
      if (bootstrap.enforced) return run(bootstrap.facts)
      if (!usual.has(id)) return null
      if (platform === 'win32') return passed('This system has no such limit.')
      return passed('The limit does not matter while transport stays on this machine.')
    },
  }
}

/** A property of the JVM that takes one value only: with another one the node ends its start (BootstrapChecks.check). */
export const enforceOptionRule: Rule = {
  id: 'enforce-bootstrap-checks',
  title: 'Bootstrap checks',
  run: ({ bootstrap }) => {
    const option = bootstrap === null ? null : enforceOptionOf(bootstrap.facts.options)
    if (option === null) return null
    if (option.value === 'true') return passed(`${option.from} has Elasticsearch enforce its bootstrap checks.`)
    return blocksWith(problem('enforce_bootstrap_checks_value', { value: option.value, from: option.from }))
  },
}
