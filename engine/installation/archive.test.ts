import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import * as zlib from 'node:zlib'
import { pack, type Header } from 'tar-stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Progress } from '../../shared/contract/target.ts'
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

test('names that Windows does not allow are refused there', () => {
  for (const name of ['es/con', 'es/nul.txt', 'es/a:b', 'es/dot.', 'es/LPT1.log']) {
    expect(() => safeParts(name, 'win32')).toThrow('Windows')
    expect(safeParts(name, 'linux')).toEqual(name.split('/'))
  }
  expect(safeParts('./es//lib/', 'linux')).toEqual(['es', 'lib'])
})
