import { appendFile, chown, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '../support/free-ports.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../support/fresh-home.ts'
import { mustEnd } from './leftovers.ts'

/** A home for stock or for ours: what they are measured on is the same. */
export interface BenchHome extends FreshHome {
  readonly httpPort: number
  /** for stock's programs; no more of the caller's environment than they need */
  readonly env: Record<string, string>
  /** the account to run stock's programs as, for `spawn`: none where the caller is not root */
  readonly as: { uid?: number; gid?: number }
}

export const heap = '512m'

/** A never started home that is told its ports and to stay on this machine, with `settings` added to its `elasticsearch.yml`. */
export async function benchHome(version: PracticeVersion, settings: readonly string[] = []): Promise<BenchHome> {
  const fresh = await freshHome(version)
  const remove = mustEnd(() => fresh.remove())
  const { http: httpPort, transport: transportPort } = await freePorts()
  const lines = ['', `http.port: ${httpPort}`, `transport.port: ${transportPort}`, 'http.host: _local_', ...settings, '']
  await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), lines.join('\n'))
  // The engine looks at the environment of this process, as it does in every host.
  process.env.ES_JAVA_HOME = fresh.java
  const env = { PATH: process.env.PATH ?? '', LANG: 'C.UTF-8', ES_JAVA_HOME: fresh.java, HOSTNAME: 'bench' }
  return { ...fresh, httpPort, env, as: process.getuid?.() === 0 ? fresh.account : {}, remove }
}

/** The heap, as a file of `jvm.options.d`: what ours writes by its answers. */
export async function giveHeap({ home, account }: BenchHome): Promise<void> {
  const folder = join(home, 'config', 'jvm.options.d')
  const path = join(folder, 'heap.options')
  await mkdir(folder, { recursive: true })
  await writeFile(path, `-Xms${heap}\n-Xmx${heap}\n`)
  if (process.getuid?.() === 0) for (const made of [folder, path]) await chown(made, account.uid, account.gid)
}
