import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../../shared/contract/installation.ts'
import { readAssignments } from '../installation/env-file.ts'
import { nodeEnvironment } from '../node/environment.ts'
import { variablesIn } from './kibana-variables.ts'

/**
 * The environment that a Kibana gets when it is started here: the caller's, without secrets that its settings do not refer
 * to, with HOME and USER of the account that runs it. `packaged`: what the environment file of its service sets, wins.
 */
export async function kibanaEnvironment(asked: {
  /** the text of its kibana.yml */
  readonly text: string
  /** null: the caller's own */
  readonly account: Account | null
  readonly env: NodeJS.ProcessEnv
  readonly packaged: Readonly<Record<string, string>>
}): Promise<Record<string, string>> {
  const { text, account, env, packaged } = asked
  return { ...(await nodeEnvironment({ env, account, refers: variablesIn(text) })), ...packaged }
}

/** What the environment files of the deb and the rpm set for the service. `root`: `/`, but for tests. */
export async function packageEnvironment(root: string): Promise<Record<string, string>> {
  const files = [join(root, 'etc', 'default', 'kibana'), join(root, 'etc', 'sysconfig', 'kibana')]
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))
  return readAssignments(texts.join('\n'))
}
