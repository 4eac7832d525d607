import { execFile } from 'node:child_process'
import { readdir, readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const homeOption = '-Des.path.home='
const serverClass = 'org.elasticsearch.bootstrap.Elasticsearch'

/**
 * Does an Elasticsearch of this home run, whoever started it? Seen by its command line, which carries the home and the
 * server's class (org.elasticsearch.server.cli.ServerProcessBuilder), in /proc or, on macOS, by `ps`. The tools of a home carry the home only.
 */
export async function runsNow(home: string, platform: NodeJS.Platform = process.platform, proc = '/proc'): Promise<boolean> {
  const real = await realpath(home).catch(() => home)
  if (platform === 'linux') {
    const homes = await homesOfServers(proc)
    const reals = await Promise.all(homes.map((one) => realpath(one).catch(() => one)))
    return reals.includes(real)
  }
  const lines = platform === 'darwin' ? await commandLines() : []
  return lines.some((line) => line.includes(serverClass) && [home, real].some((one) => `${line} `.includes(`${homeOption}${one} `)))
}

async function homesOfServers(proc: string): Promise<string[]> {
  const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(pids.map((pid) => readFile(join(proc, pid, 'cmdline'), 'utf8').catch(() => '')))
  return commands.flatMap((command) => {
    const words = command.split('\0')
    const isServer = words.some((word) => word === serverClass || word.endsWith(`/${serverClass}`))
    return isServer ? words.filter((word) => word.startsWith(homeOption)).map((word) => word.slice(homeOption.length)) : []
  })
}

async function commandLines(): Promise<string[]> {
  const said = await run('ps', ['-axww', '-o', 'command='], { maxBuffer: 64 * 1024 * 1024, timeout: 5000 }).catch(() => null)
  return said === null ? [] : said.stdout.split('\n')
}
