import { createWriteStream } from 'node:fs'
import { chmod, copyFile, link, lstat, mkdir, realpath, stat, symlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ArchiveBounds } from './archive-bounds.ts'

/** Why an entry of an archive is refused: `entry` names it, `why` goes on "its entry NAME …". */
export class RefusedEntry extends Error {
  readonly entry: string
  readonly why: string

  constructor(entry: string, why: string) {
    super(`${entry} ${why}`)
    this.name = 'RefusedEntry'
    this.entry = entry
    this.why = why
  }
}

/** What an archive may put where it is unpacked. Names are as they stand in the archive; modes are permission bits. */
export interface ArchiveTree {
  folder(name: string, mode: number): Promise<void>
  file(name: string, mode: number, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>
  symbolicLink(name: string, target: string): void
  hardLink(name: string, target: string): void
  /** makes the links and sets the modes of folders, once all else is there */
  finish(): Promise<void>
}

/** More than any Elasticsearch or Kibana. */
export const mostEntries = 200_000

/**
 * Writes entries below `root`, and nowhere else: absolute names, `..`, drive letters and backslashes are refused. Links are
 * made last, so that no entry is ever written through one, and then each must lead to something below `root`, also by way of others.
 * Where the platform takes names that differ in case for one, so does this: no entry is merged with another.
 */
export function archiveTree(root: string, bounds: ArchiveBounds, platform: NodeJS.Platform = process.platform): ArchiveTree {
  const folderModes = new Map<string, number>()
  const symbolicLinks: { name: string; target: string }[] = []
  const hardLinks: { name: string; target: string }[] = []
  const spellings = new Map<string, string>()
  let bytes = 0
  let entries = 0

  function place(name: string): string {
    entries += 1
    if (entries > mostEntries) throw new RefusedEntry(name, `is one of more than ${mostEntries}`)
    const parts = safeParts(name, platform)
    if (platform === 'win32' || platform === 'darwin') refuseSecondSpelling(spellings, parts, name)
    return join(root, ...parts)
  }

  async function* bounded(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      bytes += chunk.length
      bounds.refuse(bytes)
      yield chunk
    }
  }

  async function open(path: string, name: string): Promise<void> {
    await mkdir(path, { recursive: true, mode: 0o755 }).catch((thrown: NodeJS.ErrnoException) => {
      throw thrown.code === 'EEXIST' || thrown.code === 'ENOTDIR' ? new RefusedEntry(name, 'lies below a file') : thrown
    })
  }

  return {
    folder: async (name, mode) => {
      const path = place(name)
      await open(path, name)
      folderModes.set(path, (mode & 0o775) | 0o700)
    },
    file: async (name, mode, content, signal) => {
      const path = place(name)
      await open(dirname(path), name)
      const target = createWriteStream(path, { flags: 'wx', mode: 0o600 })
      await pipeline(bounded(content), target, { signal }).catch((thrown: NodeJS.ErrnoException) => {
        throw thrown.code === 'EEXIST' ? new RefusedEntry(name, 'comes twice') : thrown
      })
      // Set-user-id and writable by everybody do not come with it.
      if (platform !== 'win32') await chmod(path, (mode & 0o775) | 0o600)
    },
    symbolicLink: (name, target) => {
      place(name)
      symbolicLinks.push({ name, target })
    },
    hardLink: (name, target) => {
      place(name)
      hardLinks.push({ name, target })
    },
    finish: async () => {
      for (const { name, target } of hardLinks) await makeHardLink(root, name, target, platform)
      for (const { name, target } of symbolicLinks) await makeSymbolicLink(root, name, target, platform)
      const real = await realpath(root)
      for (const { name } of symbolicLinks) await provesInside(real, join(root, ...safeParts(name, platform)), name)
      if (platform !== 'win32') for (const [path, mode] of [...folderModes].toReversed()) await chmod(path, mode)
    },
  }
}

/** Signs and devices (Microsoft, "Naming Files, Paths, and Namespaces"). */
// oxlint-disable-next-line no-control-regex -- those are what is looked for
const forbiddenOnWindows = /[\u0000-\u001f:*?"<>|]|[. ]$|^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i

/** Windows and macOS find one file by names that differ in case, macOS also by ones that are composed otherwise (U+00E9, e and U+0301). */
function refuseSecondSpelling(spellings: Map<string, string>, parts: readonly string[], name: string): void {
  for (let count = 1; count <= parts.length; count += 1) {
    const path = parts.slice(0, count).join('/')
    const folded = path.normalize('NFC').toUpperCase()
    const known = spellings.get(folded) ?? path
    if (known !== path) throw new RefusedEntry(name, `is the same on this system as ${known}`)
    spellings.set(folded, path)
  }
}

/** The parts of an entry's name; refuses every name that would lead out of the folder on this or another system. */
export function safeParts(name: string, platform: NodeJS.Platform = process.platform): string[] {
  if (name.includes('\0')) throw new RefusedEntry(JSON.stringify(name), 'has a NUL in its name')
  if (name.startsWith('/') || name.startsWith('\\')) throw new RefusedEntry(name, 'has an absolute path')
  if (/^[A-Za-z]:/.test(name)) throw new RefusedEntry(name, 'begins with a drive letter')
  if (name.includes('\\')) throw new RefusedEntry(name, 'has a backslash in its path')
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw new RefusedEntry(name, 'leaves the folder')
  if (platform === 'win32' && parts.some((part) => forbiddenOnWindows.test(part))) {
    throw new RefusedEntry(name, 'has a name that Windows does not allow')
  }
  return parts
}

async function makeSymbolicLink(root: string, name: string, target: string, platform: NodeJS.Platform): Promise<void> {
  const parts = safeParts(name, platform)
  // Judged by its words first, so that a link that leads out is never there, not for a moment.
  if (target.startsWith('/') || /^[A-Za-z]:|\\|\0/.test(target)) throw new RefusedEntry(name, 'is a link to an absolute path')
  const into = parts.slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..' && into.pop() === undefined) throw new RefusedEntry(name, 'is a link that leaves the folder')
    if (part !== '..' && part !== '.' && part !== '') into.push(part)
  }
  const path = join(root, ...parts)
  await noLinkAbove(root, parts, name)
  await symlink(target, path).catch(async (thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'EEXIST') throw new RefusedEntry(name, 'comes twice')
    // Windows allows links to few: the file itself does as well.
    if (platform === 'win32' && thrown.code === 'EPERM') return copyFile(join(root, ...into), path)
    throw thrown
  })
}

async function makeHardLink(root: string, name: string, target: string, platform: NodeJS.Platform): Promise<void> {
  const from = join(root, ...safeParts(target, platform))
  const to = join(root, ...safeParts(name, platform))
  if (!(await lstat(from).then((stats) => stats.isFile(), () => false))) throw new RefusedEntry(name, 'is a link to what is not in the archive')
  await mkdir(dirname(to), { recursive: true })
  await link(from, to).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'EEXIST' ? new RefusedEntry(name, 'comes twice') : thrown
  })
}

/** A link may not be made below another: its folder would be elsewhere than its name says. */
async function noLinkAbove(root: string, parts: readonly string[], name: string): Promise<void> {
  let path = root
  for (const part of parts.slice(0, -1)) {
    path = join(path, part)
    const stats = await lstat(path).catch(() => null)
    if (stats === null) await mkdir(path)
    else if (!stats.isDirectory()) throw new RefusedEntry(name, 'lies below a link')
  }
}

/** Where the system itself says the link leads, through all others. */
async function provesInside(realRoot: string, path: string, name: string): Promise<void> {
  const real = await realpath(path).catch(() => null)
  if (real === null || (await stat(path).catch(() => null)) === null) throw new RefusedEntry(name, 'is a link that leads nowhere')
  if (real !== realRoot && !real.startsWith(realRoot + sep)) throw new RefusedEntry(name, 'is a link that leaves the folder')
}
