import { resolve } from 'node:path'
import { unpackArchive } from '../installation/archive.ts'
import { practiceFolders } from '../installation/practice-cache.ts'
import { practiceCopy } from '../installation/practice-copy.ts'
import { practiceVersion } from '../installation/practice-versions.ts'
import type { AskedWork } from './work-desk.ts'

/** Unpacks an archive: the work ends with the home. Its problems are those of `unpackArchive`. */
export function unpacking(wish: { archive: string; into: string; user?: string | undefined }): AskedWork {
  const into = resolve(wish.into)
  return {
    what: { what: 'unpack', archive: resolve(wish.archive), into, ...userOf(wish) },
    destination: into,
    work: async (told) => ({ home: await unpackArchive({ ...wish, ...told }) }),
  }
}

/** Makes the practice copy: the work ends with its home. Problem: `practice_version`; the work's are those of `practiceCopy`. */
export function fetchingPractice(wish: { version?: string | undefined; user?: string | undefined }): AskedWork {
  const { version } = practiceVersion(wish.version)
  return {
    what: { what: 'practice', version, ...userOf(wish) },
    destination: practiceFolders(version).version,
    work: async (told) => ({ home: await practiceCopy({ ...wish, ...told }) }),
  }
}

function userOf({ user }: { user?: string | undefined }): { user?: string } {
  return user === undefined ? {} : { user }
}
