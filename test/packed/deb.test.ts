import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { needsOf } from '../../build/package/linux/depends.ts'
import { updateFiles } from '../../build/package/linux/update-files.ts'
import { inRoot } from '../../build/root.mjs'
import { program } from '../cli/outside.ts'
import { deb, tarball } from './archives.ts'

let folder: string
/** the files of the package, as they are installed */
let files: string
/** its control files */
let control: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-deb-'))
  files = join(folder, 'files')
  control = join(folder, 'control')
  await well('dpkg-deb', ['--extract', deb(), files])
  await well('dpkg-deb', ['--control', deb(), control])
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a program that must end well; gives what it printed. */
async function well(name: string, args: readonly string[]): Promise<string> {
  const { code, out, err } = await program(name, args)
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}: ${out}${err}`)
  return out
}
const field = (name: string) => well('dpkg-deb', ['--field', deb(), name]).then((value) => value.trim())

describe('Debian\'s own checks', () => {
  test('lintian reports neither an error nor a warning', async () => {
    const { out } = await program('lintian', ['--allow-root', '--no-tag-display-limit', deb()])
    expect(out).toBe('')
  })

  test('lintian looks at this package: without the overrides it reports that libraries are embedded', async () => {
    const { out } = await program('lintian', ['--allow-root', '--no-override', '--tags', 'embedded-library', deb()])
    expect(out).toContain('E: firstnode: embedded-library')
  })

  test('the AppStream metadata is valid', async () => {
    const file = join(files, 'usr/share/metainfo/org.firstnode.wizard.metainfo.xml')
    expect(await program('appstreamcli', ['validate', '--no-net', file])).toMatchObject({ code: 0 })
    expect(await program('appstreamcli', ['validate-tree', '--no-net', files])).toMatchObject({ code: 0 })
  })

  test('the desktop entry is valid, without a hint', async () => {
    const entry = join(files, 'usr/share/applications/firstnode.desktop')
    expect(await well('desktop-file-validate', ['--warn-kde', entry])).toBe('')
  })
})

describe('what is installed', () => {
  test('is the application that was packed, byte for byte, but for files of updates', async () => {
    const packed = inRoot('dist', 'package', 'linux-unpacked')
    const { out } = await program('diff', ['--recursive', '--brief', packed, join(files, 'usr/lib/firstnode')])
    expect(out).toBe('')
    const resources = await readdir(join(files, 'usr/lib/firstnode/resources'))
    expect(resources.filter((name) => (updateFiles as readonly string[]).includes(name))).toEqual([])
  })

  test('has no scripts that run when it is installed or removed', async () => {
    expect((await readdir(control)).sort()).toEqual(['control', 'md5sums'])
  })

  test('has the helper of Chromium\'s sandbox set-uid, and nothing else', async () => {
    const listed = (await well('dpkg-deb', ['--contents', deb()])).split('\n')
    const helper = /^-rwsr-xr-x root\/root .* \.\/usr\/lib\/firstnode\/chrome-sandbox$/
    expect(listed.filter((line) => /^-[^ ]*[sS]/.test(line))).toEqual([expect.stringMatching(helper)])
  })

  test('starts by its name, with an icon in every size of the theme', async () => {
    const entry = await readFile(join(files, 'usr/share/applications/firstnode.desktop'), 'utf8')
    expect(entry).toMatch(/^Exec=firstnode$/m)
    expect(entry).not.toContain('no-sandbox')
    expect((await stat(join(files, 'usr/bin/firstnode'))).size).toBeGreaterThan(50_000_000)
    const sizes = await readdir(join(files, 'usr/share/icons/hicolor'))
    expect(sizes).toHaveLength(11)
    expect(sizes).toEqual(expect.arrayContaining(['16x16', '48x48', '512x512', 'scalable']))
  })

  test('tells its licence, the licences of what is bundled, and what changed', async () => {
    const documents = join(files, 'usr/share/doc/firstnode')
    const unpacked = async (name: string) => gunzipSync(await readFile(join(documents, name))).toString('utf8')
    expect(await readFile(join(documents, 'copyright'), 'utf8')).toContain('License: Apache-2.0')
    const licences = await unpacked('third-party-licences.gz')
    for (const name of ['react', 'zod', 'electron-updater']) expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(await unpacked('changelog.gz')).toMatch(new RegExp(`^firstnode \\(${await field('Version')}\\) `))
    const page = gunzipSync(await readFile(join(files, 'usr/share/man/man1/firstnode.1.gz'))).toString('utf8')
    expect(page).toContain(`Firstnode ${await field('Version')}`)
  })
})

test('it depends on every library that a binary in it names, as the loader of this machine resolves them', async () => {
  const all = (await field('Depends')).split(', ')
  const known = ['libgbm1', 'libasound2t64 | libasound2', 'libdrm2', 'libgtk-3-0t64 | libgtk-3-0', 'xdg-utils']
  expect(all).toEqual(expect.arrayContaining(known))
  // What dpkg says of the files that ldd names, whatever this release of Debian calls the packages.
  const { out } = await program('ldd', [join(files, 'usr/lib/firstnode/firstnode')])
  const paths = [...out.matchAll(/^\s(\S+) => (\/\S+)/gm)].filter(([, name]) => (name ?? '') !== 'libffmpeg.so')
  const { libraries } = await needsOf(join(files, 'usr/lib/firstnode'))
  expect(libraries.length).toBeGreaterThan(15)
  const direct = paths.filter(([, name]) => libraries.includes(name ?? ''))
  expect(direct.length).toBeGreaterThan(15)
  const owners = await Promise.all(direct.map(async ([, , path = '']) => (await ownerOf(path)).replace(/:.*$/s, '')))
  expect(all.flatMap((one) => one.split(' | '))).toEqual(expect.arrayContaining(owners))
})

/** The package that a library belongs to: dpkg knows it by its path, in /lib or in /usr/lib. */
async function ownerOf(path: string): Promise<string> {
  for (const name of [path, path.startsWith('/usr') ? path.slice(4) : `/usr${path}`]) {
    const { code, out } = await program('dpkg', ['--search', name])
    if (code === 0) return out
  }
  throw new Error(`${path} belongs to no package.`)
}

test('the tar.gz holds the same application in a folder of root\'s, without update files and set-uid programs', async () => {
  const lines = (await well('tar', ['--list', '--verbose', '--numeric-owner', '--file', tarball()])).trim().split('\n')
  const version = await field('Version')
  const folder = `Firstnode-${version}-linux-x64/`
  const plain = new RegExp(`^[-d]rw[x-]r-[x-]r-[x-] 0/0 .* ${folder}`)
  expect(lines.filter((line) => !plain.test(line))).toEqual([])
  const names = lines.map((line) => line.split(folder)[1] ?? '').filter((name) => name !== '' && !name.endsWith('/'))
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => updateFiles.some((file) => name.endsWith(file)))).toEqual([])
  const unpacked = await readdir(inRoot('dist', 'package', 'linux-unpacked'), { recursive: true, withFileTypes: true })
  expect(names).toHaveLength(unpacked.filter((entry) => entry.isFile()).length)
})
