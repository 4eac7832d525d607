import { access, readdir } from 'node:fs/promises'
import { dirname, join, parse, resolve } from 'node:path'
import type { FolderListing } from '../../shared/contract/host.ts'
import { problem } from '../../shared/problems/problem.ts'
import { homeFolder } from '../system/home-folder.ts'
import { isHome } from './version.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'

type Entry = FolderListing['entries'][number]

/** More folders than this are not asked whether they are homes: a list that long is walked, not read. */
const mostAsked = 500

/**
 * What a person may choose from in a folder: folders, homes of Elasticsearch and archives, by name; hidden ones are left out.
 * `path` null is the person's own folder. Problem: `folder_unreadable`.
 */
export async function listFolder(path: string | null): Promise<FolderListing> {
  const folder = resolve(path ?? homeFolder())
  const names = await readdir(folder, { withFileTypes: true }).catch((thrown: NodeJS.ErrnoException) => {
    const why: Record<string, string> = { ENOENT: 'it does not exist', ENOTDIR: 'it is not a folder', EACCES: 'this account does not have access to it', EPERM: 'this account does not have access to it' }
    throw problem('folder_unreadable', { path: folder, why: why[thrown.code ?? ''] ?? whyUnreadable(thrown) }, { cause: thrown })
  })
  const shown = names.filter(({ name }) => !name.startsWith('.') && !name.startsWith('$'))
  const entries = await Promise.all(
    shown.map(async (entry, index): Promise<Entry | null> => {
      const at = join(folder, entry.name)
      if (entry.isDirectory() || entry.isSymbolicLink()) {
        if (entry.isSymbolicLink() && !(await readdir(at).then(() => true, () => false))) return null
        return { name: entry.name, path: at, kind: index < mostAsked && (await isHome(at)) ? 'home' : 'folder' }
      }
      return entry.isFile() && isArchiveName(entry.name) ? { name: entry.name, path: at, kind: 'archive' } : null
    }),
  )
  const above = dirname(folder)
  return {
    path: folder,
    parent: above === folder ? null : above,
    home: await isHome(folder),
    places: await placesToStart(),
    entries: entries.filter((entry) => entry !== null).toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true, sensitivity: 'base' })),
  }
}

/** Is it called like an archive that can be unpacked? */
export function isArchiveName(name: string): boolean {
  return /\.(?:tar\.gz|tgz|zip)$/i.test(name)
}

/** Where one begins: only what is there. */
async function placesToStart(platform: NodeJS.Platform = process.platform): Promise<FolderListing['places']> {
  const user = homeFolder()
  const wanted = [
    { name: 'Home', path: user },
    { name: 'Downloads', path: join(user, 'Downloads') },
    { name: 'Desktop', path: join(user, 'Desktop') },
    ...(platform === 'win32' ? drives() : [{ name: 'opt', path: '/opt' }, { name: 'This computer', path: parse(user).root }]),
  ]
  const there = await Promise.all(wanted.map(({ path }) => access(path).then(() => true, () => false)))
  return wanted.filter((_, index) => there[index])
}

function drives(): FolderListing['places'] {
  return 'CDEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => ({ name: `${letter}:`, path: `${letter}:\\` }))
}
