import { readdirSync, statSync } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import * as zlib from 'node:zlib'
import { pack, type Header } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Progress } from '../../shared/contract/target.ts'
import { GiB, MiB } from '../../shared/sizes.ts'
import { zipOf, type ZipMember } from '../../test/support/hand-made-zip.ts'
import { unpackArchive } from './archive.ts'
import { safeParts } from './archive-tree.ts'

let folder = ''
let into = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-archive-'))
  await chmod(folder, 0o755)
  into = join(folder, 'into')
  await mkdir(into)
})
afterEach(() => rm(folder, { recursive: true }))

type TarEntry = Partial<Header> & { name: string; content?: string }

/** A home as small as one can be. */
function smallHome(top: string, version = '9.4.3'): TarEntry[] {
  return [
    { name: `${top}lib/elasticsearch-${version}.jar`, content: 'jar' },
    { name: `${top}bin/elasticsearch`, content: '#!/bin/sh\n', mode: 0o755 },
    { name: `${top}bin/elasticsearch.bat`, content: '' },
    { name: `${top}config/elasticsearch.yml`, content: '#\n', mode: 0o660 },
    { name: `${top}modules/x-pack-security/plugin.jar`, content: 'x'.repeat(100_000) },
  ]
}

async function tarOf(entries: readonly TarEntry[], name = 'elasticsearch-9.4.3.tar.gz'): Promise<string> {
  const packed = pack()
  for (const { content = '', ...header } of entries) packed.entry({ mode: 0o644, ...header }, content)
  packed.finalize()
  const path = join(folder, name)
  await writeFile(path, zlib.gzipSync(await buffer(packed)))
  return path
}

async function zipAt(members: readonly ZipMember[]): Promise<string> {
  const path = join(folder, 'elasticsearch-9.4.3.zip')
  await writeFile(path, zipOf(members))
  return path
}

function modes(home: string, ...paths: string[]): Promise<number[]> {
  if (process.platform === 'win32') return Promise.resolve([])
  return Promise.all(paths.map(async (path) => (await stat(join(home, path))).mode & 0o7777))
}

/** Windows has no modes to compare. */
function onUnix(...expected: number[]): number[] {
  return process.platform === 'win32' ? [] : expected
}

/** How unpacking ended, and what it left where it should have gone. */
async function ending(archive: string): Promise<{ code: unknown; message: string; left: string[] }> {
  const thrown: unknown = await unpackArchive({ archive, into }).catch((one: unknown) => one)
  const { code = 'none', message = '' } = thrown as { code?: unknown; message?: string }
  return { code, message, left: await readdir(into) }
}

function refusal(code: string, said = ''): object {
  return { code, message: expect.stringContaining(said) as string, left: [] }
}

test('a .tar.gz is unpacked to a home of its own name, with its modes and with progress', async () => {
  const seen: Progress[] = []
  const home = await unpackArchive({ archive: await tarOf(smallHome('elasticsearch-9.4.3/')), into, onProgress: (progress) => seen.push(progress) })
  expect(home).toBe(join(into, 'elasticsearch-9.4.3'))
  expect(await readFile(join(home, 'config', 'elasticsearch.yml'), 'utf8')).toBe('#\n')
  expect(await modes(home, 'bin/elasticsearch', 'config/elasticsearch.yml')).toEqual(onUnix(0o755, 0o660))
  expect(await readdir(into)).toEqual(['elasticsearch-9.4.3'])
  expect(seen.at(-2)).toMatchObject({ unit: 'bytes', total: seen.at(-2)?.done })
})

test('macOS: the mark of a quarantine is taken off the tree that was unpacked, before it has its name, and off nothing else', async () => {
  const asked: { words: readonly string[]; there: string[] }[] = []
  const ask = async (program: string, args: readonly string[]): Promise<string> => {
    asked.push({ words: [program, ...args.slice(0, -1)], there: await readdir(args.at(-1) ?? '') })
    expect(await readdir(into)).toEqual([expect.stringMatching(/^\.firstnode-unpacking-/)])
    throw new Error('No such xattr')
  }
  const archive = await tarOf(smallHome('elasticsearch-9.4.3/'))
  expect(await unpackArchive({ archive, into, platform: 'darwin', ask })).toBe(join(into, 'elasticsearch-9.4.3'))
  expect(asked).toEqual([{ words: ['xattr', '-d', '-r', 'com.apple.quarantine'], there: ['bin', 'config', 'lib', 'modules'] }])
  await unpackArchive({ archive, into, platform: 'linux', ask })
  expect(asked).toHaveLength(1)
})

test('a taken name is never written over: the next one is used', async () => {
  const archive = await tarOf(smallHome('elasticsearch-9.4.3/'))
  await mkdir(join(into, 'elasticsearch-9.4.3'))
  expect(await unpackArchive({ archive, into })).toBe(join(into, 'elasticsearch-9.4.3-2'))
  expect(await unpackArchive({ archive, into })).toBe(join(into, 'elasticsearch-9.4.3-3'))
  expect(await readdir(join(into, 'elasticsearch-9.4.3'))).toEqual([])
})

test('a .zip is unpacked too, without a folder around it, and programs are made executable where it knows no modes', async () => {
  const members = smallHome('').map(({ name, content = '' }) => ({ name, content }))
  const home = await unpackArchive({ archive: await zipAt(members), into: join(into, 'made') })
  expect(home).toBe(join(into, 'made', 'elasticsearch-9.4.3'))
  expect(await modes(home, 'bin/elasticsearch', 'config/elasticsearch.yml', '.')).toEqual(onUnix(0o755, 0o644, 0o755))
})

test.skipIf(process.platform === 'win32')('links that stay inside are kept, as the bundled JDK has them', async () => {
  const home = await unpackArchive({
    archive: await tarOf([
      ...smallHome('es/'),
      { name: 'es/jdk/legal/a/LICENSE', content: 'words' },
      { name: 'es/jdk/legal/b/LICENSE', type: 'symlink', linkname: '../a/LICENSE' },
      { name: 'es/jdk/legal/c/LICENSE', type: 'link', linkname: 'es/jdk/legal/a/LICENSE' },
    ]),
    into,
  })
  expect((await lstat(join(home, 'jdk', 'legal', 'b', 'LICENSE'))).isSymbolicLink()).toBe(true)
  expect(await readFile(join(home, 'jdk', 'legal', 'b', 'LICENSE'), 'utf8')).toBe('words')
  expect(await readFile(join(home, 'jdk', 'legal', 'c', 'LICENSE'), 'utf8')).toBe('words')
})

test.skipIf(process.platform === 'win32')('set-user-id and writable by everybody do not come out of an archive', async () => {
  const home = await unpackArchive({ archive: await tarOf([...smallHome('es/'), { name: 'es/bin/tool', content: 'x', mode: 0o6777 }]), into })
  expect(await modes(home, 'bin/tool')).toEqual([0o775])
})

const good = smallHome('es/')
const malicious: readonly (readonly [string, readonly TarEntry[], string])[] = [
  ['an entry that climbs out', [{ name: 'es/../../evil', content: 'x' }], 'leaves the folder'],
  ['an absolute entry', [{ name: '/tmp/firstnode-evil', content: 'x' }], 'absolute'],
  ['a drive letter', [{ name: 'C:/evil', content: 'x' }], 'drive letter'],
  ['a backslash', [{ name: String.raw`es\..\..\evil`, content: 'x' }], 'backslash'],
  ['a link to an absolute path', [{ name: 'es/l', type: 'symlink', linkname: '/etc' }], 'absolute'],
  ['a link that climbs out', [{ name: 'es/l', type: 'symlink', linkname: '../../etc' }], 'leaves the folder'],
  ['a file below a link', [{ name: 'es/l', type: 'symlink', linkname: 'lib' }, { name: 'es/l/evil', content: 'x' }], 'comes twice'],
  ['a link below a link', [{ name: 'es/l', type: 'symlink', linkname: 'lib' }, { name: 'es/l/m', type: 'symlink', linkname: 'x' }], 'below a link'],
  [
    'a link that climbs out by way of another',
    [{ name: 'es/q/r/s/x', content: 'x' }, { name: 'es/q/r/s/up', type: 'symlink', linkname: '../../../..' }, { name: 'es/l', type: 'symlink', linkname: 'q/r/s/up/../..' }],
    'is a link that leaves the folder',
  ],
  ['a link that leads nowhere', [{ name: 'es/l', type: 'symlink', linkname: 'nothing' }], 'leads nowhere'],
  ['two links that lead to each other', [{ name: 'es/l', type: 'symlink', linkname: 'm' }, { name: 'es/m', type: 'symlink', linkname: 'l' }], 'leads nowhere'],
  ['a hard link out of the folder', [{ name: 'es/l', type: 'link', linkname: '../../etc/passwd' }], 'leaves the folder'],
  ['a hard link to what is not in it', [{ name: 'es/l', type: 'link', linkname: 'etc/passwd' }], 'not in the archive'],
  ['a device', [{ name: 'es/d', type: 'character-device', devmajor: 1, devminor: 3 }], 'is a device'],
  ['a pipe', [{ name: 'es/p', type: 'fifo' }], 'is a device'],
  ['a file that comes twice', [{ name: 'es/lib/elasticsearch-9.4.3.jar', content: 'other' }], 'comes twice'],
  ['a file below a file', [{ name: 'es/bin/elasticsearch/x', content: 'x' }], 'below a file'],
]

test.each(malicious)('an archive with %s is refused and leaves nothing', async (_, entries, why) => {
  expect(await ending(await tarOf([...good, ...entries]))).toEqual(refusal('archive_malicious', why))
  expect(await readdir(folder)).toEqual(['elasticsearch-9.4.3.tar.gz', 'into'])
})

const maliciousZip: readonly (readonly [string, ZipMember, string])[] = [
  ['an entry that climbs out', { name: '../evil' }, 'leaves the folder'],
  ['an absolute entry', { name: '/tmp/firstnode-evil' }, 'absolute'],
  ['a backslash', { name: String.raw`..\evil` }, 'backslash'],
  ['a link that climbs out', { name: 'es/l', content: '../../etc', unixMode: 0o120_777 }, 'leaves the folder'],
  ['a device', { name: 'es/d', unixMode: 0o020_644 }, 'is a device'],
]

test.each(maliciousZip)('a zip with %s is refused and leaves nothing', async (_, member, why) => {
  const members = good.map(({ name, content = '' }) => ({ name, content, unixMode: 0o100_644 }))
  expect(await ending(await zipAt([...members, member]))).toEqual(refusal('archive_malicious', why))
})

test('a torn archive is refused and leaves nothing, wherever it is torn', async () => {
  const tar = await tarOf(good)
  const whole = await readFile(tar)
  for (const length of [10, whole.length / 2, whole.length - 1]) {
    await writeFile(tar, whole.subarray(0, length))
    expect(await ending(tar)).toEqual(refusal('archive_torn'))
  }
  const wrong = Buffer.from(whole)
  wrong.fill(0x55, 60, 70)
  await writeFile(tar, wrong)
  expect(await ending(tar)).toEqual(refusal('archive_torn'))
  await writeFile(tar, '')
  expect(await ending(tar)).toEqual(refusal('archive_torn'))
  await writeFile(tar, zlib.gzipSync(Buffer.alloc(2000, 'no tar ')))
  expect(await ending(tar)).toEqual(refusal('archive_torn'))
})

test('a torn zip, and one whose content is not what it says, are refused', async () => {
  const members = good.map(({ name, content = '' }) => ({ name, content }))
  const zip = await zipAt(members)
  const whole = await readFile(zip)
  await writeFile(zip, whole.subarray(0, whole.length - 30))
  expect(await ending(zip)).toEqual(refusal('archive_torn'))
  expect(await ending(await zipAt([...members, { name: 'es/x', content: 'x', wrongCrc: true }]))).toEqual(refusal('archive_torn', 'checksum'))
})

test('an archive without an Elasticsearch, or with one that is too old, is refused', async () => {
  expect(await ending(await tarOf([{ name: 'readme', content: 'x' }]))).toEqual(refusal('archive_no_elasticsearch'))
  expect(await ending(await tarOf([{ name: 'es/lib/elasticsearch-9.4.3.jar' }]))).toEqual(refusal('archive_no_elasticsearch'))
  expect(await ending(await tarOf(smallHome('es/', '7.17.29')))).toEqual(refusal('version_too_old', '7.17.29'))
})

test('what is no archive, or not there, is told', async () => {
  await writeFile(join(folder, 'notes.txt'), 'hello')
  expect(await ending(join(folder, 'notes.txt'))).toEqual(refusal('archive_unknown'))
  expect(await ending(join(folder, 'gone.zip'))).toEqual(refusal('archive_unreadable'))
  expect(await ending(folder)).toEqual(refusal('archive_unreadable'))
})

test('a target that is a file, or lies nowhere, is refused', async () => {
  const archive = await tarOf(good)
  await expect(unpackArchive({ archive, into: archive })).rejects.toMatchObject({ code: 'archive_target' })
  await expect(unpackArchive({ archive, into: join(folder, 'no', 'where') })).rejects.toMatchObject({ code: 'archive_target' })
  expect(await readdir(folder)).toEqual(['elasticsearch-9.4.3.tar.gz', 'into'])
})

test('a cancel leaves nothing, not even the folder it was to be unpacked to', async () => {
  const archive = await tarOf(good)
  const cancel = new AbortController()
  const onProgress = (): void => cancel.abort()
  await expect(unpackArchive({ archive, into: join(folder, 'new'), signal: cancel.signal, onProgress })).rejects.toThrow(/abort/i)
  expect(await readdir(folder)).toEqual(['elasticsearch-9.4.3.tar.gz', 'into'])
})

test('what a killed Firstnode left behind is removed with the next archive', async () => {
  await mkdir(join(into, '.firstnode-unpacking-99999999-abcd', 'half'), { recursive: true })
  await unpackArchive({ archive: await tarOf(good), into })
  expect(await readdir(into)).toEqual(['es'])
})

/** The header of a tar entry and no more: what follows is what the test wants. */
async function headerOf(entry: { name: string; size: number; type?: number }): Promise<Buffer> {
  const packed = pack()
  packed.entry({ name: entry.name, mode: 0o644 }, '')
  packed.finalize()
  const header = (await buffer(packed)).subarray(0, 512)
  header.write(`${entry.size.toString(8).padStart(11, '0')} `, 124, 'latin1')
  if (entry.type !== undefined) header[156] = entry.type
  header.fill(' ', 148, 156)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

const zeros = zlib.gzipSync(Buffer.alloc(MiB))

async function bombOf(parts: readonly Buffer[]): Promise<string> {
  const path = join(folder, 'elasticsearch-9.4.3.tar.gz')
  await writeFile(path, Buffer.concat(parts))
  return path
}

/** Many files of a megabyte, which take a kilobyte each. */
async function manyFiles(count: number): Promise<Buffer[]> {
  const parts = await Promise.all(
    Array.from({ length: count }, async (_, n) => [zlib.gzipSync(await headerOf({ name: `es/${n}`, size: MiB })), zeros]),
  )
  return parts.flat()
}

/** The largest file that is ever in the target while an archive is unpacked, in bytes. */
async function written(archive: string): Promise<number> {
  let most = 0
  const onProgress = (): void => {
    for (const name of readdirSync(into, { recursive: true, encoding: 'utf8' })) {
      const stats = statSync(join(into, name))
      if (stats.isFile()) most = Math.max(most, stats.size)
    }
  }
  await unpackArchive({ archive, into, onProgress }).catch(() => undefined)
  return most
}

test('a bomb is refused by the size it announces, before a byte of it is written', async () => {
  const tar = await bombOf([zlib.gzipSync(await headerOf({ name: 'es/lib/big', size: 3 * GiB })), ...Array.from({ length: 30 }, () => zeros)])
  expect(await ending(tar)).toEqual(refusal('archive_too_large', 'elasticsearch-9.4.3.tar.gz'))
  expect(await written(tar)).toBe(0)
  const members = good.map(({ name, content = '' }) => ({ name, content }))
  const zip = await zipAt([...members, { name: 'es/big', content: 'x', claims: 3 * GiB, deflated: true }])
  expect(await ending(zip)).toEqual(refusal('archive_too_large', 'elasticsearch-9.4.3.zip'))
  expect(await written(zip)).toBe(0)
})

test('a bomb of many files is refused by their sum, and so is one that has headers or nothing without end', async () => {
  expect(await ending(await bombOf(await manyFiles(80)))).toEqual(refusal('archive_too_large'))
  const longName = 'L'.charCodeAt(0)
  const endlessName = zlib.gzipSync(await headerOf({ name: '././@LongLink', size: 200 * MiB, type: longName }))
  expect(await ending(await bombOf([endlessName, ...Array.from({ length: 60 }, () => zeros)]))).toEqual(refusal('archive_torn'))
  expect(await ending(await bombOf([zeros, zeros, zeros, zeros]))).toEqual(refusal('archive_too_large'))
  const overlapping = Array.from({ length: 40 }, (_, n) => ({ name: `es/${n}`, content: 'x', claims: 3 * MiB, deflated: true }))
  expect(await ending(await zipAt(overlapping))).toEqual(refusal('archive_too_large'))
})

test('a bomb that says it is small ends where it says', async () => {
  const liar = { name: 'es/lib/x', content: '0'.repeat(4 * MiB), claims: 1000, deflated: true }
  expect(await ending(await zipAt([liar]))).toEqual(refusal('archive_torn', 'list of files is corrupt'))
})

test('what there is no room for is refused before it is written', async () => {
  const entries = [...good, { name: 'es/lib/more', content: 'x'.repeat(200_000) }]
  const members = entries.map(({ name, content = '' }) => ({ name, content }))
  for (const archive of [await tarOf(entries), await zipAt(members)]) {
    const refused = unpackArchive({ archive, into, freeBytes: () => Promise.resolve(150_000) })
    await expect(refused).rejects.toMatchObject({ code: 'archive_no_room', message: expect.stringContaining(into) })
    expect(await readdir(into)).toEqual([])
    await unpackArchive({ archive, into: join(folder, 'roomy'), freeBytes: () => Promise.resolve(400_000) })
  }
})

const composed = 'es/lib/\u00e9'
test.each([
  ['a file', 'es/LIB/elasticsearch-9.4.3.jar'],
  ['a file in another folder', 'es/Lib/more'],
  ['a folder', 'ES/'],
  ['a name composed otherwise', composed.normalize('NFD')],
])('on systems that take both for one, %s that differs only in its case is refused', async (_, name) => {
  const tar = await tarOf([...good, { name: composed, content: 'x' }, name.endsWith('/') ? { name, type: 'directory' } : { name, content: 'x' }])
  for (const platform of ['darwin', 'win32'] as const) {
    await expect(unpackArchive({ archive: tar, into, platform })).rejects.toMatchObject({ code: 'archive_malicious', message: expect.stringContaining('the same on this system') })
  }
  expect(await readdir(into)).toEqual([])
})

test('names that Windows does not allow are refused there', () => {
  for (const name of ['es/con', 'es/nul.txt', 'es/a:b', 'es/dot.', 'es/LPT1.log', 'es/CONOUT$', 'es/com¹', 'es/nul .txt', 'es/a\u0007']) {
    expect(() => safeParts(name, 'win32')).toThrow('Windows')
    expect(safeParts(name, 'linux')).toEqual(name.split('/'))
  }
  expect(safeParts('./es//lib/', 'linux')).toEqual(['es', 'lib'])
})
