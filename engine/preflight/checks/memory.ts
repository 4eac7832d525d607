import { problem } from '../../../shared/problems/problem.ts'
import { inBytes } from '../../../shared/sizes.ts'
import { blocks, passed, warns, type Context, type Finding, type Rule } from '../check.ts'
import type { JavaAnswer } from '../java-answer.ts'
import { placeOf } from '../jvm-options.ts'
import { bytesOf } from '../sizes.ts'

/** What the node begins with, and what it may grow to, in bytes; null where nobody says so. */
interface Heap {
  readonly initial: number | null
  readonly largest: number | null
  /** as a person wrote it, and where */
  readonly text: string
  readonly place: string
}

/**
 * The initial heap is taken whole at the start (-XX:+AlwaysPreTouch), and the server wants about half as much again beside
 * it. The largest one is only reserved: more than there is starts, and dies later.
 */
export const memoryRule: Rule = {
  id: 'memory',
  title: 'Memory',
  run: async (context) => {
    const { freeBytes, totalBytes } = context.installation.memory
    const said = `${inBytes(freeBytes)} of ${inBytes(totalBytes)} are free`
    const heap = await heapFor(context)
    if (heap === null) return passed(`${said}; Elasticsearch takes about half of the memory by itself.`)
    return judge(heap, { said, freeBytes, totalBytes })
  },
}

function judge({ initial, largest, text, place }: Heap, { said, freeBytes, totalBytes }: { said: string; freeBytes: number; totalBytes: number }): Finding {
  if (initial === null && largest === null) return blocks(`The heap ${text} (${place}) is no size.`, 'Write it like 512m or 1g.', 'bad_heap')
  const begins = initial ?? 0
  if (begins >= totalBytes) return blocks(`The heap ${text} (${place}) is more than this machine has: ${said}.`, 'Choose a smaller heap.', 'not_enough_memory')
  if ((largest ?? 0) >= totalBytes) {
    const { message, remedy, code } = problem('heap_above_memory', { heap: text, place, memoryBytes: totalBytes })
    return { ...warns(message, remedy), code }
  }
  if (Math.max(begins, largest ?? 0) > freeBytes) {
    return warns(`The heap ${text} (${place}) is more than is free now: ${said}.`, 'Choose a smaller heap, or end other programs.')
  }
  return passed(`The heap is ${text} (${place}); ${said}.`)
}

async function heapFor({ heap, javaAnswer }: Context): Promise<Heap | null> {
  const bytes = heap === null ? null : bytesOf(heap)
  if (heap !== null) return { initial: bytes, largest: bytes, text: heap, place: 'asked for' }
  const { flags, options } = await javaAnswer()
  return flags === null ? writtenIn(options) : toldByJava(flags, options)
}

const largestOption = /^-Xmx|^-XX:MaxHeapSize=/
const initialOption = /^-Xms|^-XX:(?:Initial|Min)HeapSize=/

/** What Java makes of all options, also of those that name the heap in another way than -Xmx. */
function toldByJava(flags: NonNullable<JavaAnswer['flags']>, options: JavaAnswer['options']): Heap | null {
  const given = (name: string): number | null => (flags.get(name)?.isGiven === true ? Number(flags.get(name)?.value) : null)
  return heapOf(given('InitialHeapSize'), given('MaxHeapSize'), options)
}

/** What is written, where Java cannot be asked. */
function writtenIn(options: JavaAnswer['options']): Heap | null {
  const size = (pattern: RegExp): number | null => {
    const option = options.findLast(({ text }) => pattern.test(text))
    return option === undefined ? null : bytesOf(option.text.replace(pattern, ''))
  }
  return heapOf(size(initialOption), size(largestOption), options)
}

function heapOf(initial: number | null, largest: number | null, options: JavaAnswer['options']): Heap | null {
  const option = options.findLast(({ text }) => (largest === null ? initialOption : largestOption).test(text))
  if (option === undefined || (largest === null && initial === null)) return null
  return { initial, largest, text: option.text.replace(/^-Xm[sx]|^-XX:\w+=/, ''), place: placeOf(option) }
}
