import { inBytes } from '../../../shared/sizes.ts'
import { blocks, passed, type Finding } from '../check.ts'
import { settingText } from '../settings.ts'
import type { BootstrapFacts, BootstrapRule } from './foreseen.ts'

const neededMaps = 262_144
const neededFiles = 65_535
const neededThreads = 4096
/** OPEN_MAX: what the JVM of macOS takes unless it is told -XX:-MaxFDLimit */
const neededFilesOnMac = 10_240

/** MaxMapCountCheck. */
export const maxMapCount: BootstrapRule = {
  id: 'max-map-count',
  title: 'vm.max_map_count',
  run: ({ maxMapCount: value, settings, platform }) => {
    if (platform !== 'linux' || value === null) return null
    if (settingText(settings, 'node.store.allow_mmap') === 'false') return passed('It does not matter: node.store.allow_mmap is false.')
    if (value >= neededMaps) return passed(`${value}; ${neededMaps} is enough.`)
    return blocks(`vm.max_map_count is ${value}, and must be ${neededMaps} at least.`, `As root: sysctl -w vm.max_map_count=${neededMaps}, and the same line in a file in /etc/sysctl.d, so that it lasts.`)
  },
}

/** FileDescriptorCheck, OsXFileDescriptorCheck. */
export const openFiles: BootstrapRule = {
  id: 'open-files',
  title: 'Open files',
  run: (facts) => {
    const needed = facts.platform === 'darwin' ? neededFilesOnMac : neededFiles
    return judgeLimit(facts, facts.limits.openFiles, needed, {
      is: (limit) => `At most ${limit} files may be open, and ${needed} must be allowed at least.`,
      unit: 'LimitNOFILE',
      item: 'nofile',
      value: String(needed),
    })
  },
}

/** MaxNumberOfThreadsCheck. */
export const threads: BootstrapRule = {
  id: 'threads',
  title: 'Threads',
  run: (facts) =>
    facts.platform !== 'linux'
      ? null
      : judgeLimit(facts, facts.limits.threads, neededThreads, {
          is: (limit) => `The account may have ${limit} threads, and must have ${neededThreads} at least.`,
          unit: 'LimitNPROC',
          item: 'nproc',
          value: String(neededThreads),
        }),
}

/** MaxSizeVirtualMemoryCheck. */
export const virtualMemory: BootstrapRule = {
  id: 'virtual-memory',
  title: 'Virtual memory',
  run: (facts) => judgeLimit(facts, facts.limits.virtualMemory, Infinity, { is: (limit) => `Virtual memory is limited to ${inBytes(limit)}, and must not be limited.`, unit: 'LimitAS', item: 'as', value: 'unlimited' }),
}

/** MaxFileSizeCheck. */
export const fileSize: BootstrapRule = {
  id: 'file-size',
  title: 'File size',
  run: (facts) => judgeLimit(facts, facts.limits.fileSize, Infinity, { is: () => 'The size of a file is limited, and must not be.', unit: 'LimitFSIZE', item: 'fsize', value: 'unlimited' }),
}

/** MlockallCheck: of the heap and more is asked for, so that no limit but none is sure to do. */
export const lockedMemory: BootstrapRule = {
  id: 'memory-lock',
  title: 'Memory lock',
  run: (facts) => {
    if (settingText(facts.settings, 'bootstrap.memory_lock') !== 'true') return null
    return judgeLimit(facts, facts.limits.lockedMemory, Infinity, {
      is: (limit) => `bootstrap.memory_lock is true, and the account may lock only ${inBytes(limit)}.`,
      unit: 'LimitMEMLOCK',
      item: 'memlock',
      value: 'unlimited',
    })
  },
}

interface Words {
  readonly is: (limit: number) => string
  /** of a unit of systemd */
  readonly unit: string
  /** in limits.conf */
  readonly item: string
  readonly value: string
}

function judgeLimit({ platform, layout }: BootstrapFacts, limit: number | null, needed: number, words: Words): Finding | null {
  if (platform === 'win32' || limit === null) return null
  if (limit >= needed) return passed(limit === Infinity ? 'No limit.' : `${limit}; ${needed} is enough.`)
  return blocks(words.is(limit), remedyFor(platform, layout, words))
}

function remedyFor(platform: NodeJS.Platform, layout: BootstrapFacts['layout'], { unit, item, value }: Words): string {
  if (layout === 'package') return `systemctl edit elasticsearch.service: below [Service], ${unit}=${value === 'unlimited' ? 'infinity' : value}.`
  if (platform === 'darwin') return `Raise it with ulimit in the shell that starts Firstnode (${item}: ${value}).`
  return `Raise it for the account that runs the node: a line with ${item} ${value} in /etc/security/limits.conf. Log in again, and start Firstnode from there.`
}
