import { createHash } from 'node:crypto'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Everything below a folder that must come back as it was: a line an entry with kind, mode, owner, time of change to the nanosecond, and the SHA-256 of
 * its content. Two equal trees are byte for byte the same home.
 */
export async function folderTree(folder: string): Promise<string[]> {
  const lines = [await line(folder, '.')]
  for (const name of (await namesBelow(folder, '')).sort()) lines.push(await line(folder, name))
  return lines
}

/** The same without times: for what was written anew with equal content. */
export async function folderContent(folder: string): Promise<string[]> {
  return (await folderTree(folder)).map((line) => line.replace(/ @\d+/, ''))
}

/** Without following links, which `readdir` with `recursive` does. */
async function namesBelow(folder: string, inside: string): Promise<string[]> {
  const names: string[] = []
  for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
    const name = join(inside, entry.name)
    names.push(name, ...(entry.isDirectory() ? await namesBelow(folder, name) : []))
  }
  return names
}

async function line(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  const stat = await lstat(path, { bigint: true })
  const kind = stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : stat.isFile() ? 'file' : 'other'
  const content = kind === 'link' ? await readlink(path) : kind === 'file' ? createHash('sha256').update(await readFile(path)).digest('hex') : ''
  return `${name} ${kind} ${(stat.mode & 0o7777n).toString(8)} ${stat.uid}:${stat.gid} @${stat.mtimeNs} ${content}`
}
