import { blocks, passed, warns, type Rule } from '../check.ts'
import { heapOf } from '../heap.ts'
import { bytesOf } from '../sizes.ts'

/** The heap is taken whole at the start (-XX:+AlwaysPreTouch), and the server wants about half as much again beside it. */
export const memoryRule: Rule = {
  id: 'memory',
  title: 'Memory',
  run: async ({ installation, heap, env }) => {
    const { freeBytes, totalBytes } = installation.memory
    const wanted = heap === null ? await heapOf(installation, env) : { text: heap, from: 'asked for' }
    const said = `${megabytes(freeBytes)} of ${megabytes(totalBytes)} are free`
    if (wanted === null) return passed(`${said}; Elasticsearch takes about half of the memory by itself.`)
    const bytes = bytesOf(wanted.text)
    if (bytes === null) return blocks(`The heap ${wanted.text} (${wanted.from}) is no size.`, 'Write it like 512m or 1g.', 'bad_heap')
    if (bytes >= totalBytes) return blocks(`The heap ${wanted.text} (${wanted.from}) is more than this machine has: ${said}.`, 'Choose a smaller heap.', 'not_enough_memory')
    if (bytes > freeBytes) return warns(`The heap ${wanted.text} (${wanted.from}) is more than is free now: ${said}.`, 'Choose a smaller heap, or end other programs.')
    return passed(`The heap is ${wanted.text} (${wanted.from}); ${said}.`)
  },
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`
}
