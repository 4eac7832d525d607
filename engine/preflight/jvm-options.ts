import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { readOwned } from '../installation/read-owned.ts'
import type { Environment } from './placeholders.ts'

export interface JvmOption {
  readonly text: string
  /** the file, or `ES_JAVA_OPTS` */
  readonly from: string
}

/**
 * What the JVM of a node is told by its home and its environment, in that order, so that the last one of a kind stands (JvmOptionsParser): `jvm.options`, the
 * files of `jvm.options.d` by their names, then `ES_JAVA_OPTS`. `major`: of its Java; lines for another one are left out, null takes all.
 */
export async function jvmOptionsOf({ config }: Pick<Installation, 'config'>, env: Environment, major: number | null): Promise<JvmOption[]> {
  const folder = join(config, 'jvm.options.d')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.options') && !name.startsWith('.')).sort()
  const options: JvmOption[] = []
  for (const path of [join(config, 'jvm.options'), ...names.map((name) => join(folder, name))]) {
    const text = (await readOwned(path).catch(() => Buffer.alloc(0))).toString('utf8')
    options.push(...text.split(/\r?\n/).flatMap((line) => optionOf(line, major)).map((option) => ({ text: option, from: path })))
  }
  const given = env.ES_JAVA_OPTS?.split(/\s+/).filter((one) => one !== '') ?? []
  return [...options, ...given.map((text) => ({ text, from: 'ES_JAVA_OPTS' }))]
}

/** A line may begin with the Java versions it is for: `17:-Xmx2g`, `17-:-Xmx2g`, `8-9:-Xmx2g`. */
function optionOf(line: string, major: number | null): string[] {
  const match = /^(?:(\d+)(-)?(\d+)?:)?(-\S.*)$/.exec(line.trim())
  if (match === null) return []
  const [, from, range, to, option = ''] = match
  const isFor = from === undefined || major === null || (major >= Number(from) && major <= (to === undefined ? (range === undefined ? Number(from) : Infinity) : Number(to)))
  return isFor ? [option] : []
}
