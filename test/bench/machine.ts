import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { freshHome, type PracticeVersion } from '../support/fresh-home.ts'

/** What the figures were taken on, as lines of facts: no name and no folder of it. */
export async function describeMachine(version: PracticeVersion): Promise<string[]> {
  const [java, system] = await Promise.all([javaText(version), systemText()])
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${(totalmem() / 1024 ** 3).toFixed(0)} GiB of memory`,
    `${system}kernel ${type()} ${release()}`,
    `Elasticsearch ${version} on ${java}; Node ${process.versions.node}`,
  ]
}

/** How busy the machine is with all that runs on it, this included; null where the system does not say. */
export function loadText(): string | null {
  const [minute] = loadavg()
  return minute === undefined || process.platform === 'win32' ? null : minute.toFixed(1)
}

async function javaText(version: PracticeVersion): Promise<string> {
  const home = await freshHome(version)
  await home.remove()
  const text = await readFile(join(home.java, 'release'), 'utf8').catch(() => '')
  const said = (name: string): string | undefined => new RegExp(`^${name}="?([^"\r\n]+)`, 'm').exec(text)?.[1]
  return `Java ${said('JAVA_VERSION') ?? 'of unknown version'}${said('IMPLEMENTOR') === undefined ? '' : ` (${said('IMPLEMENTOR')})`}`
}

async function systemText(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '')
  const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1]
  return name === undefined ? '' : `${name}, `
}
