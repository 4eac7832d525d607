import type { Check } from '../../../shared/contract/preflight.ts'
import type { BootstrapFacts, BootstrapRule } from './foreseen.ts'
import { collector, earlyAccess, heapSize, onError } from './java.ts'
import { fileSize, lockedMemory, maxMapCount, openFiles, threads, virtualMemory } from './limits.ts'
import { discovery, transportTls } from './settings.ts'
import { warnedOf } from './warned.ts'

/**
 * Elasticsearch's bootstrap checks (BootstrapChecks, and those of its security) that can be foreseen; the first two are those that fail most often. What cannot
 * be seen from outside (client JVM, system call filter, all-permission) is taken from what the last start warned of.
 */
export const bootstrapRules: readonly BootstrapRule[] = [
  maxMapCount,
  openFiles,
  threads,
  virtualMemory,
  fileSize,
  lockedMemory,
  heapSize,
  collector,
  onError,
  earlyAccess,
  discovery,
  transportTls,
  warnedOf,
]

/** Each check that has something to look at: `blocks` where Elasticsearch would end its start with 78. */
export function foreseeBootstrapChecks(facts: BootstrapFacts): Check[] {
  return bootstrapRules.flatMap(({ id, title, run }) => {
    const finding = run(facts)
    return finding === null ? [] : [{ id, title, status: finding.status, detail: finding.detail, remedy: finding.remedy }]
  })
}
