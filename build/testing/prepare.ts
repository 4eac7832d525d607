import type { PartName as BuiltName } from '../build.mjs'
import { ensureBuilt } from '../build.mjs'
import { ensureTools, type ToolName } from './tools.ts'

export interface Preparation {
  /** Resolves when these can be used, rejects with one sentence. */
  tools(names: readonly ToolName[]): Promise<void>
  built(): Promise<void>
  copies(): Promise<void>
}

/** Prepares each thing once, when it is first asked for, in the background of what runs meanwhile. */
export function preparation(say: (line: string) => void, signal: AbortSignal): Preparation {
  // apt-get and npm lock what they change: one tool after the other.
  let tooling: Promise<unknown> = Promise.resolve()
  const built = once(async () => {
    const began = performance.now()
    const made: BuiltName[] = await ensureBuilt(['renderer', 'host', 'electron', 'cli'])
    if (made.length > 0) say(`Built ${made.join(', ')} in ${seconds(began)}.`)
  })
  const copies = once(() => practiceCopies(say, signal))
  return {
    tools(names) {
      const done = tooling.then(() => ensureTools(names, say))
      tooling = done.catch(() => {})
      return done
    },
    built,
    copies,
  }
}

async function practiceCopies(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  if (process.env.FIRSTNODE_DEV_COPIES !== undefined) return say(`Practice copies: those in FIRSTNODE_DEV_COPIES (${process.env.FIRSTNODE_DEV_COPIES}).`)
  const { prefetchPracticeCopies } = await import('../../engine/installation/prefetch.ts')
  const began = performance.now()
  const told = new Map<string, number>()
  await prefetchPracticeCopies({
    signal,
    onProgress({ version, text, done, total, unit }) {
      const quarter = total === null ? 0 : Math.floor((4 * done) / total)
      if (unit !== 'bytes' || quarter <= (told.get(version) ?? 0)) return
      told.set(version, quarter)
      say(`Practice copy ${version}: ${text}, ${quarter * 25} %`)
    },
  })
  say(`Practice copies ready after ${seconds(began)}.`)
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

function once(work: () => Promise<void>): () => Promise<void> {
  let under: Promise<void> | null = null
  return () => (under ??= work())
}
