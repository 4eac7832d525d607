import { isIP } from 'node:net'
import { warns, passed, onSettings, type Rule } from '../check.ts'
import { limitsHere } from '../process-limits.ts'
import { settingList, settingText, type Settings } from '../settings.ts'

export const neededMaps = 262_144
export const neededFiles = 65_535

/**
 * Bootstrap checks end the start only where transport is bound to an address that is not loopback (BootstrapChecks.enforceLimits),
 * which is not so by default; there `vm.max_map_count` and the limit of open files must do.
 */
export const maxMapCountRule: Rule = onSettings('max-map-count', 'vm.max_map_count', (settings, { installation: { maxMapCount } }) => {
  if (maxMapCount === null) return passed('This system has no such limit.')
  if (!areEnforced(settings) || settingText(settings, 'node.store.allow_mmap') === 'false') return passed(`${maxMapCount}; it does not matter while transport is bound to this machine only.`)
  if (maxMapCount >= neededMaps) return passed(`${maxMapCount} is enough.`)
  return warns(
    `vm.max_map_count is ${maxMapCount}. With transport on an address other than localhost, Elasticsearch ends its start below ${neededMaps}.`,
    `As root: sysctl -w vm.max_map_count=${neededMaps} (and in /etc/sysctl.d to keep it).`,
  )
})

export const openFilesRule: Rule = onSettings('open-files', 'Open files', (settings, { openFiles, platform }) => {
  if (!areEnforced(settings)) return passed('The limit does not matter while transport is bound to this machine only.')
  const limit = openFiles ?? limitsHere(platform).openFiles
  if (limit === null) return passed('This system has no such limit.')
  if (limit >= neededFiles) return passed(`${limit === Infinity ? 'No limit' : `${limit} is enough`}.`)
  return warns(
    `At most ${limit} files may be open. With transport on an address other than localhost, Elasticsearch ends its start below ${neededFiles}.`,
    `Raise the hard limit for the account that runs the node (nofile in /etc/security/limits.conf) to ${neededFiles} and log in again.`,
  )
})

/** Would bootstrap checks be enforced with these settings? */
export function areEnforced(settings: Settings): boolean {
  if (settingText(settings, 'discovery.type') === 'single-node') return false
  const name = ['transport.bind_host', 'transport.host', 'network.bind_host', 'network.host'].find((one) => settingList(settings, one).length > 0)
  return name !== undefined && !settingList(settings, name).every(isLoopback)
}

function isLoopback(address: string): boolean {
  if (/^_local(?::ipv[46])?_$/.test(address) || address === 'localhost' || address.endsWith('.localhost')) return true
  const bare = address.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 4 ? bare.startsWith('127.') : bare === '::1' || bare === '0:0:0:0:0:0:0:1'
}
