import type { Installation } from '../../shared/contract/installation.ts'
import { jvmOptionsOf } from './jvm-options.ts'
import type { Environment } from './placeholders.ts'

export interface NamedHeap {
  readonly text: string
  readonly from: string
}

/**
 * The `-Xmx` that stands for this home: of `ES_JAVA_OPTS`, else the last of `jvm.options` and `jvm.options.d` in order of their
 * names (JvmOptionsParser); null where none is named and Elasticsearch chooses by itself.
 */
export async function heapOf(home: Pick<Installation, 'config'>, env: Environment): Promise<NamedHeap | null> {
  const heaps = (await jvmOptionsOf(home, env, null)).flatMap(({ text, from }) => (/^-Xmx\S+$/.test(text) ? [{ text: text.slice(4), from }] : []))
  return heaps.at(-1) ?? null
}
