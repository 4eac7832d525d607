import type { Progress } from '../../shared/contract/target.ts'
import { pristineCopy } from './practice-copy.ts'
import { practiceVersions } from './practice-versions.ts'

/**
 * Fetches every practice version that is not in the cache yet, all at once (one downloads while another is unpacked). For
 * scripts that prepare tests. Gives the pristine trees by version; problems as `pristineCopy`. When one fails the others are cancelled.
 */
export async function prefetchPracticeCopies(asked: {
  onProgress?: (progress: Progress & { version: string }) => void
  signal?: AbortSignal
} = {}): Promise<Record<string, string>> {
  const failed = new AbortController()
  const signal = asked.signal === undefined ? failed.signal : AbortSignal.any([asked.signal, failed.signal])
  const works = practiceVersions.map(async ({ version }) => {
    const onProgress = (progress: Progress): void => asked.onProgress?.({ ...progress, version })
    return [version, await pristineCopy({ version, signal, onProgress })] as const
  })
  try {
    return Object.fromEntries(await Promise.all(works))
  } catch (thrown) {
    failed.abort()
    await Promise.allSettled(works)
    throw thrown
  }
}
