import type { Progress } from '../../shared/contract/target.ts'

export type MakingEvent = { type: 'progress'; progress: Progress } | { type: 'done'; home: string }

/** Long work that ends with a home, as a stream: the newest progress whenever the reader is ready, then the home. Ending the stream early cancels the work. */
export async function* homeInTheMaking(
  signal: AbortSignal | undefined,
  make: (work: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<string>,
): AsyncGenerator<MakingEvent, void> {
  const controller = new AbortController()
  const cancel = (): void => controller.abort()
  if (signal?.aborted === true) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  const news = new News()
  const work = make({ signal: controller.signal, onProgress: (progress) => news.tell(progress) })
  const settled = work.then(
    () => news.end(),
    () => news.end(),
  )
  try {
    for (let progress = await news.next(); progress !== null; progress = await news.next()) yield { type: 'progress', progress }
    yield { type: 'done', home: await work }
  } finally {
    signal?.removeEventListener('abort', cancel)
    cancel()
    await settled
  }
}

/** The newest progress that was not read yet: a slow reader misses the steps between. */
class News {
  #newest: Progress | null = null
  #over = false
  #wake: () => void = () => undefined

  tell(progress: Progress): void {
    this.#newest = progress
    this.#wake()
  }

  end(): void {
    this.#over = true
    this.#wake()
  }

  /** The newest one; null once there will be no more. */
  async next(): Promise<Progress | null> {
    if (this.#newest === null && !this.#over)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    const newest = this.#newest
    this.#newest = null
    return newest
  }
}
