import type { Progress } from '../../shared/contract/target.ts'

export type MakingEvent = { type: 'progress'; progress: Progress } | { type: 'done'; home: string }

/** Long work that ends with a home, as a stream: the newest progress whenever the reader is ready, then the home. Ending the stream early cancels the work. */
export async function* homeInTheMaking(
  signal: AbortSignal | undefined,
  make: (work: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<string>,
): AsyncGenerator<MakingEvent, void> {
  const controller = new AbortController()
  const cancel = (): void => controller.abort()
  if (signal?.aborted) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  let newest: Progress | null = null
  let wake: () => void = () => undefined
  const work = make({
    signal: controller.signal,
    onProgress: (progress) => {
      newest = progress
      wake()
    },
  })
  let home: string | null = null
  const settled = work.then(
    (made) => {
      home = made
    },
    () => undefined,
  )
  try {
    let over = false
    void settled.then(() => {
      over = true
      wake()
    })
    while (!over) {
      const progress: Progress | null = newest
      newest = null
      if (progress !== null) yield { type: 'progress', progress }
      else if (!over)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
    await work
    if (home !== null) yield { type: 'done', home }
  } finally {
    signal?.removeEventListener('abort', cancel)
    cancel()
    await settled
  }
}
