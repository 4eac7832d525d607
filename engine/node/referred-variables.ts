import { join } from 'node:path'
import { readOwned } from '../installation/read-owned.ts'
import { variableNames } from '../preflight/placeholders.ts'

/**
 * The environment variables that the files of a configuration refer to: `${NAME}` in `elasticsearch.yml`, `${env:NAME}` in
 * `log4j2.properties`. A file that cannot be read refers to none; starting will tell. (`jvm.options` knows only what the launcher itself puts in.)
 */
export async function referredVariables(config: string): Promise<ReadonlySet<string>> {
  const textOf = async (name: string): Promise<string> => (await readOwned(join(config, name)).catch(() => Buffer.alloc(0))).toString('utf8')
  const [settings, logging] = await Promise.all([textOf('elasticsearch.yml'), textOf('log4j2.properties')])
  return new Set([...variableNames(settings), ...Array.from(logging.matchAll(/\$\{env:([^}:\r\n]*)/gi), (match) => match[1] ?? '')])
}
