import type { DownloadWish } from '../../shared/contract/download.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import type { Engine } from '../connection/engine.ts'

/** A home that is to be made. */
export type Making = ({ readonly what: 'download' } & DownloadWish) | { readonly what: 'practice'; readonly version: string; readonly user?: string | undefined } | { readonly what: 'unpack'; readonly archive: string; readonly into: string; readonly user?: string | undefined }

/** Begins to make it; where it is being made already, that is what is given. */
export function beginMaking(engine: Engine, making: Making): Promise<WorkState> {
  if (making.what === 'download') {
    const { what: _, ...wish } = making
    return engine.download.begin(wish)
  }
  const { user } = making
  const owner = user === undefined ? {} : { user }
  if (making.what === 'practice') return engine.installation.practiceCopy({ version: making.version, ...owner })
  return engine.installation.unpack({ archive: making.archive, into: making.into, ...owner })
}
