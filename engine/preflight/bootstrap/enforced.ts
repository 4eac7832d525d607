import { bindHostsOf, publishHostsOf } from '../../network/layer-hosts.ts'
import { areLoopback, type Here } from '../../network/resolve-host.ts'
import { settingText, type Settings } from '../settings.ts'
import { lastOption, type BootstrapFacts } from './foreseen.ts'

/** What Elasticsearch itself takes for `-Des.enforce.bootstrap.checks` is `true` alone. */
const enforceOption = /^-Des\.enforce\.bootstrap\.checks=(.*)$/

/** The value of `-Des.enforce.bootstrap.checks`, and where it is set; null where it is not. */
export function enforceOptionOf(options: BootstrapFacts['options']): ReturnType<typeof lastOption> {
  return lastOption(options, enforceOption)
}

/**
 * Does a failed bootstrap check end the start of a node with these settings? So it does where transport binds to an address
 * that is not loopback, or publishes one (BootstrapChecks.enforceLimits); true as well where only the start can tell.
 */
export async function areEnforced(settings: Settings, options: BootstrapFacts['options'], here: Here): Promise<boolean> {
  if (enforceOptionOf(options)?.value === 'true') return true
  if (settingText(settings, 'discovery.type') === 'single-node') return false
  return !(await areLoopback([...bindHostsOf(settings, 'transport'), ...publishHostsOf(settings, 'transport')], here))
}
