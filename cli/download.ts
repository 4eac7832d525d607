import type { DownloadWish } from '../shared/contract/download.ts'
import { problem } from '../shared/problems/problem.ts'
import { vendorLicence } from '../shared/vendor-licence.ts'
import type { Context } from './command.ts'
import { followWork } from './follow-work.ts'
import type { Engine } from './io.ts'
import { withProgress } from './terminal/progress.ts'

/** Downloads, checks and unpacks, with progress; the licence is named first. Gives the home, and how it was checked. */
export async function download(engine: Engine, wish: DownloadWish, context: Context): Promise<{ readonly home: string; readonly checked: readonly string[] }> {
  if (wish.file === undefined) context.tell(`Elastic gives it out under the ${vendorLicence.name}: ${vendorLicence.address}`)
  const { home, sentences } = await withProgress(context, async (view) => followWork(engine, await engine.download.begin(wish), context, view))
  if (home === null) throw problem('cancelled', {})
  return { home, checked: sentences }
}
