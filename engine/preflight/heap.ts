import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { readOwned } from '../installation/read-owned.ts'
import type { Environment } from './placeholders.ts'

export interface NamedHeap {
  readonly text: string
  readonly from: string
}

/**
 * The `-Xmx` that stands for this home: of `ES_JAVA_OPTS`, else the last of `jvm.options` and `jvm.options.d` in order of their
 * names (JvmOptionsParser); null where none is named and Elasticsearch chooses by itself.
 */
export async function heapOf({ config }: Pick<Installation, 'config'>, env: Environment): Promise<NamedHeap | null> {
  const fromEnv = lastHeap(env.ES_JAVA_OPTS?.split(/\s+/) ?? [])
  if (fromEnv !== null) return { text: fromEnv, from: 'ES_JAVA_OPTS' }
  const folder = join(config, 'jvm.options.d')
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.options') && !name.startsWith('.')).sort()
  let found: NamedHeap | null = null
  for (const path of [join(config, 'jvm.options'), ...names.map((name) => join(folder, name))]) {
    const text = (await readOwned(path).catch(() => Buffer.alloc(0))).toString('utf8')
    const heap = lastHeap(text.split(/\r?\n/))
    if (heap !== null) found = { text: heap, from: path }
  }
  return found
}

/** A line may begin with the Java versions it is for: `8:-Xmx2g`, `17-:-Xmx2g`. */
function lastHeap(options: readonly string[]): string | null {
  const heaps = options.map((option) => /^(?:\d+(?:-\d*)?:)?-Xmx(\S+)$/.exec(option.trim())?.[1]).filter((heap) => heap !== undefined)
  return heaps.at(-1) ?? null
}
