import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { environmentOf, listProcesses, type ProcessEntry } from './process-table.ts'

const serverClass = 'org.elasticsearch.bootstrap.Elasticsearch'
const launcherClasses = ['org.elasticsearch.launcher.CliToolLauncher', 'org.elasticsearch.server.launcher.ServerLauncher']

/** A running server JVM of a home; `launcher` is the process that waits for it where it runs in the foreground. */
export interface ServerProcess extends ProcessEntry {
  readonly launcher: number | null
}

/**
 * The servers that run from `home` with the config directory `config`, whoever started them. A server is known by its
 * main class and by its module path, HOME/lib: only from 9 on it carries `-Des.path.home` as well (seen on 8.16.6 and
 * 9.4.3). Its config directory stands in its environment; where that may not be read, only the home's own one is assumed.
 */
export async function serverProcesses(
  node: { home: string; config: string },
  platform: NodeJS.Platform = process.platform,
  list: () => Promise<ProcessEntry[]> = () => listProcesses(platform),
): Promise<ServerProcess[]> {
  const all = await list()
  const found: ServerProcess[] = []
  for (const entry of all) {
    if (!(await isServerOf(entry, node.home)) || !(await hasConfig(entry, node, platform))) continue
    const parent = all.find(({ pid }) => pid === entry.parent)
    found.push({ ...entry, launcher: parent !== undefined && isLauncher(parent) ? parent.pid : null })
  }
  return found
}

function isLauncher({ line }: ProcessEntry): boolean {
  return launcherClasses.some((one) => ` ${line} `.includes(` ${one} `))
}

async function isServerOf({ words, line }: ProcessEntry, home: string): Promise<boolean> {
  if (!line.includes(serverClass)) return false
  const homes = [home, await real(home)]
  if (words === null) return homes.some((one) => line.includes(`--module-path ${join(one, 'lib')} `) || line.includes(`--module-path "${join(one, 'lib')}"`))
  if (!words.some((word) => word === serverClass || word.endsWith(`/${serverClass}`))) return false
  const path = words[words.indexOf('--module-path') + 1]
  return path !== undefined && homes.map((one) => join(one, 'lib')).some((lib) => path === lib) ? true : (await real(path ?? '')) === (await real(join(home, 'lib')))
}

async function hasConfig({ pid }: ProcessEntry, node: { home: string; config: string }, platform: NodeJS.Platform): Promise<boolean> {
  const own = join(node.home, 'config')
  const named = await environmentOf(pid, 'ES_PATH_CONF', platform)
  return (await real(named ?? own)) === (await real(node.config))
}

function real(path: string): Promise<string> {
  return realpath(path).catch(() => path)
}
