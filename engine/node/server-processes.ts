import { realpath } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import { environmentOf, listProcesses, type ProcessEntry } from './process-table.ts'

const serverClass = 'org.elasticsearch.bootstrap.Elasticsearch'
const toolLauncher = 'org.elasticsearch.launcher.CliToolLauncher'
const serverLauncher = 'org.elasticsearch.server.launcher.ServerLauncher'

/** A process of a node: the server's JVM, or a launcher that prepares it, or waits for it where it runs in the foreground. */
export interface NodeProcess extends ProcessEntry {
  readonly role: 'server' | 'launcher'
}

interface Home {
  readonly home: string
  readonly config: string
}

/**
 * The processes that run from `home` with the config directory `config`, whoever started them. A server is known by its main class
 * and its module path, HOME/lib: only from 9 on it carries `-Des.path.home` as well (seen on 8.16.6 and 9.4.3). The config directory
 * stands in the arguments or the environment; where that may not be read, the home's own one is assumed and no other.
 */
export async function nodeProcesses(
  node: Home,
  platform: NodeJS.Platform = process.platform,
  list: () => Promise<ProcessEntry[]> = () => listProcesses(platform),
): Promise<NodeProcess[]> {
  const homes = [...new Set([node.home, await real(node.home)])]
  const candidates = await Promise.all((await list()).map(async (entry) => ({ ...entry, role: await roleOf(entry, homes, platform) })))
  const found: NodeProcess[] = []
  for (const { role, ...entry } of candidates) if (role !== null && (await hasConfig(entry, node, platform))) found.push({ ...entry, role })
  return found
}

/** Those of them that are servers. */
export async function serverProcesses(...asked: Parameters<typeof nodeProcesses>): Promise<NodeProcess[]> {
  return (await nodeProcesses(...asked)).filter(({ role }) => role === 'server')
}

async function roleOf(entry: ProcessEntry, homes: readonly string[], platform: NodeJS.Platform): Promise<NodeProcess['role'] | null> {
  const path = platform === 'win32' ? win32 : posix
  if (hasClass(entry, serverClass)) return (await follows(entry, '--module-path', homes.map((home) => path.join(home, 'lib')), platform)) ? 'server' : null
  if (hasClass(entry, toolLauncher) && holds(entry, '-Dcli.name=server', platform)) return homes.some((home) => holds(entry, `-Des.path.home=${home}`, platform)) ? 'launcher' : null
  if (hasClass(entry, serverLauncher)) return (await follows(entry, '-cp', homes.map((home) => path.join(home, 'lib', 'tools', 'server-launcher', '*')), platform)) ? 'launcher' : null
  return null
}

function hasClass({ words, line }: ProcessEntry, name: string): boolean {
  if (words === null) return line.includes(name)
  return words.some((word) => word === name || word.endsWith(`/${name}`))
}

function holds({ words, line }: ProcessEntry, option: string, platform: NodeJS.Platform): boolean {
  if (words !== null) return words.some((word) => isSame(word, option, platform))
  return ` ${line} `.includes(` ${option} `)
}

/** Whether one of `values` stands after the option `name`; also by another path to the same folder. */
async function follows({ words, line }: ProcessEntry, name: string, values: readonly string[], platform: NodeJS.Platform): Promise<boolean> {
  if (words === null) return values.some((value) => `${line} `.includes(`${name} ${value} `))
  const value = words[words.indexOf(name) + 1]
  if (!words.includes(name) || value === undefined) return false
  const paths = [value, await real(value)]
  return values.some((one) => paths.some((path) => isSame(one, path, platform)))
}

async function hasConfig({ pid, words }: ProcessEntry, node: Home, platform: NodeJS.Platform): Promise<boolean> {
  const option = '-Des.path.conf='
  const told = words?.find((word) => word.startsWith(option))?.slice(option.length) ?? (await environmentOf(pid, 'ES_PATH_CONF', platform))
  const assumed = (platform === 'win32' ? win32 : posix).join(node.home, 'config')
  return isSame(await real(told ?? assumed), await real(node.config), platform)
}

/** Windows writes a path as it was typed: large and small letters, and both slashes, mean the same there. */
function isSame(one: string, other: string, platform: NodeJS.Platform): boolean {
  if (platform !== 'win32') return one === other
  const plain = (path: string): string => path.replaceAll('/', '\\').replace(/\\$/, '').toLowerCase()
  return plain(one) === plain(other)
}

function real(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}
