import { problem } from '../../shared/problems/problem.ts'
import { GiB, MiB } from '../../shared/sizes.ts'

/** Holds what an archive unpacks to within what is plausible and what there is room for. */
export interface ArchiveBounds {
  /** Refuses where this many bytes in all are too many. Problems: `archive_too_large`, `archive_no_room`. */
  refuse(bytes: number): void
}

/** More than any Elasticsearch or Kibana unpacks to. */
const mostBytes = 8 * GiB
/** An Elasticsearch unpacks to about twice the size of its archive, a Kibana to four times; zeros to a thousand times. */
const mostTimes = 20
/** So that a small archive of much text is not refused. */
const alwaysAllowed = 64 * MiB

/**
 * The bounds of an archive of `archiveBytes` that is unpacked to the folder `into`, where `freeBytes` are free (null: not
 * known). They are asked with what an archive says of itself before any of it is written, and with what is written.
 */
export function archiveBounds(asked: {
  readonly archive: string
  readonly archiveBytes: number
  readonly into: string
  readonly freeBytes: number | null
}): ArchiveBounds {
  const { archive, archiveBytes, into, freeBytes } = asked
  const most = Math.min(mostBytes, alwaysAllowed + mostTimes * archiveBytes)
  return {
    refuse(bytes) {
      // A size that is no number is a lie as well.
      if (!(bytes <= most)) throw problem('archive_too_large', { archive, mostBytes: most })
      if (freeBytes !== null && bytes > freeBytes) throw problem('archive_no_room', { into, freeBytes, neededBytes: bytes })
    },
  }
}
