import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { bundledPackages } from '../bundled.ts'
import { debianChangelog } from './debian-changelog.ts'
import { depends, type Needs, needsOf, recommends } from './depends.ts'
import { desktopEntry, presentation } from './desktop-entry.ts'
import { componentId, metainfo } from './metainfo.ts'
import { updateFiles } from './update-files.ts'

const execute = promisify(execFile)

/** What a package for Debian is made of. */
export interface DebSource {
  /** the folder with the packed application; it stays as it is */
  readonly packed: string
  /** as Node names it */
  readonly arch: 'x64' | 'arm64'
  readonly version: string
  /** `owner/name` on GitHub, or null */
  readonly repository: string | null
  /** a name and an address of mail */
  readonly maintainer: string
  /** when this version was made, in seconds since 1970: the times of all files */
  readonly released: number
  readonly checkout: string
  readonly compression: Compression
  /** a folder that is replaced, and removed in the end */
  readonly work: string
}

/** small: minutes for a fifth of the size; quick: for tests */
export type Compression = 'small' | 'quick'

/** Where the application is installed; in `/opt` it would be outside of what Debian's policy knows. */
const program = 'usr/lib/firstnode'
const documents = 'usr/share/doc/firstnode'
/** The sizes that the icon theme of desktops has folders for. */
const themeSizes = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512]
const leftOut: ReadonlySet<string> = new Set(updateFiles)

/**
 * Makes the package `file` with `dpkg-deb` alone. electron-builder would need fpm, which it fetches from GitHub, and
 * its packages fail Debian's checks: they lack a copyright and a changelog, install into /opt, and write to /usr by
 * scripts.
 * This one has no scripts: triggers of other packages update the menu and the icons.
 *
 * Chromium's sandbox uses user namespaces where it may, and otherwise (on Ubuntu 24.04 and later, where AppArmor
 * forbids them to programs without a profile) the set-uid helper, which this package installs as such. An AppArmor
 * profile would need a script: versions before 4 cannot parse one that allows user namespaces.
 */
export async function makeDeb(source: DebSource, file: string): Promise<void> {
  const { work, released, compression } = source
  await rm(work, { recursive: true, force: true })
  await layFiles(source)
  await mkdir(join(work, 'DEBIAN'))
  await writeFile(join(work, 'DEBIAN', 'md5sums'), await md5sums(work))
  const needs = await needsOf(source.packed)
  await writeFile(join(work, 'DEBIAN', 'control'), control(source, needs, await installedSize(work)))
  await evenModes(work)
  await chmod(join(work, program, 'chrome-sandbox'), 0o4755)
  const compressing = compression === 'small' ? ['-Zxz'] : ['-Zgzip', '-z1']
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(released) }
  await execute('dpkg-deb', ['--root-owner-group', ...compressing, '--build', work, file], { env })
  await rm(work, { recursive: true })
}

/** Lays out everything that is installed. */
async function layFiles(source: DebSource): Promise<void> {
  const { packed, version, repository, maintainer, released, checkout, work } = source
  await cp(packed, join(work, program), { recursive: true, filter: (path) => !leftOut.has(basename(path)) })
  const at = (path: string): string => join(work, path)
  const write = async (path: string, content: string | Buffer): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true })
    await writeFile(at(path), content)
  }
  const compressed = (text: string): Buffer => gzipSync(text, { level: 9 })
  const read = (...parts: string[]): Promise<string> => readFile(join(checkout, ...parts), 'utf8')
  await mkdir(at('usr/bin'), { recursive: true })
  await symlink('../lib/firstnode/firstnode', at('usr/bin/firstnode'))
  await write(`usr/share/applications/${presentation.windowClass}.desktop`, desktopEntry('firstnode'))
  await write(`usr/share/metainfo/${componentId}.metainfo.xml`, metainfo({ version, repository, released }))
  const icons = join(checkout, 'build', 'package', 'icons')
  for (const size of themeSizes) {
    const sides = `${size}x${size}`
    const png = await readFile(join(icons, 'png', `${sides}.png`))
    await write(`usr/share/icons/hicolor/${sides}/apps/firstnode.png`, png)
  }
  await write('usr/share/icons/hicolor/scalable/apps/firstnode.svg', await readFile(join(icons, 'icon.svg')))
  const manual = (await read('build', 'package', 'linux', 'firstnode.1')).replace('VERSION', version)
  await write('usr/share/man/man1/firstnode.1.gz', compressed(manual))
  await write('usr/share/lintian/overrides/firstnode', await read('build', 'package', 'linux', 'lintian-overrides'))
  await write(`${documents}/copyright`, await read('build', 'package', 'linux', 'copyright'))
  await write(`${documents}/third-party-licences.gz`, compressed(await bundledLicences(checkout)))
  const changelog = await read('CHANGELOG.md')
  await write(`${documents}/changelog.gz`, compressed(debianChangelog({ changelog, version, maintainer, released })))
}

/** The licences of the npm packages that are bundled into the application, each once. */
async function bundledLicences(checkout: string): Promise<string> {
  const all = await bundledPackages(checkout)
  const titled = new Map(all.map(({ name, version, licence, text }) => [`${name} ${version} (${licence})`, text]))
  return [...titled]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([title, text]) => `${title}\n${'='.repeat(title.length)}\n\n${text}\n`)
    .join('\n\n')
}

function control({ arch, version, repository, maintainer }: DebSource, needs: Needs, kibibytes: number): string {
  const homepage = repository === null ? '' : `Homepage: https://github.com/${repository}\n`
  return `Package: firstnode
Version: ${version}
Architecture: ${arch === 'x64' ? 'amd64' : 'arm64'}
Maintainer: ${maintainer}
Installed-Size: ${kibibytes}
Depends: ${depends(needs)}
Recommends: ${recommends}
Section: database
Priority: optional
${homepage}Description: setup wizard for a first secured Elasticsearch node
 Firstnode sets up the first node of an Elasticsearch 8 or 9 cluster. It turns
 on TLS and passwords, starts the node, verifies it, and hands over the
 credentials. You see every change before it is made; changes are applied
 together or not at all, and you can undo them later.
 .
 It also adds nodes, connects Kibana and clients, and renews certificates. The
 nodes that it starts are not part of this package: they keep running when the
 package is upgraded or removed.
`
}

/** In KiB, as `dpkg-gencontrol` counts: every file rounded up, and one for everything else. */
async function installedSize(work: string): Promise<number> {
  const entries = await entriesBelow(work)
  const sizes = await Promise.all(entries.map(async ({ path, file }) => {
    return file ? Math.ceil((await stat(path)).size / 1024) : 1
  }))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function md5sums(work: string): Promise<string> {
  const lines: string[] = []
  for (const { path, file } of await entriesBelow(work)) {
    if (!file || path.startsWith(join(work, 'DEBIAN'))) continue
    const sum = createHash('md5').update(await readFile(path)).digest('hex')
    lines.push(`${sum}  ${path.slice(work.length + 1)}\n`)
  }
  return lines.sort((one, other) => (one.slice(34) < other.slice(34) ? -1 : 1)).join('')
}

/** Gives every file the mode that Debian wants, whatever the mask of whoever packs. */
async function evenModes(work: string): Promise<void> {
  await chmod(work, 0o755)
  for (const { path, file, link } of await entriesBelow(work)) {
    if (link) continue
    const executable = !file || (((await stat(path)).mode & 0o100) !== 0 && !/\.so(\.\d+)*$/.test(path))
    await chmod(path, executable ? 0o755 : 0o644)
  }
}

async function entriesBelow(folder: string): Promise<{ path: string; file: boolean; link: boolean }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.map((entry) => {
    return { path: join(entry.parentPath, entry.name), file: entry.isFile(), link: entry.isSymbolicLink() }
  })
}
