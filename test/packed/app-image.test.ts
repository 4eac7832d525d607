import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Arch, build, Platform } from 'electron-builder'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { configuration, maintainer } from '../../build/package/configuration.ts'
import { makeDeb } from '../../build/package/linux/deb.ts'
import { makeTarball } from '../../build/package/linux/tarball.ts'
import { signingOf } from '../../build/package/signing.ts'
import { startAndLook } from '../../build/package/start-and-look.ts'
import { inRoot } from '../../build/root.mjs'
import { openPersonsDesktop } from '../../build/testing/persons-desktop.ts'
import { program } from '../cli/outside.ts'

const execute = promisify(execFile)
const require = createRequire(import.meta.url)
// The real runtime comes from GitHub, and the workflow starts what it makes. Here the builder is given Debian's tools,
// and a few bytes for a runtime.
const runtime = 'stand-in for the runtime of AppImages'
const released = 1_800_000_000

let folder: string
/** what was packed, as the builder leaves it after it made the AppImage */
let packed: string
/** what is in the AppImage */
let appDir: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-appimage-'))
  await execute('chmod', ['a+rx', folder])
  packed = join(folder, 'linux-unpacked')
  appDir = join(folder, 'AppDir')
  await cp(inRoot('dist', 'package', 'linux-unpacked'), packed, { recursive: true })
  vi.stubEnv('APPIMAGE_TOOLS_PATH', await toolsOfDebian())
  const [made = ''] = (await build({
    projectDir: inRoot(),
    prepackaged: packed,
    targets: Platform.LINUX.createTarget('AppImage', Arch.x64),
    publish: 'never',
    config: configuration({
      application: inRoot('dist', 'application'),
      electron: packed,
      electronVersion: (require('electron/package.json') as { version: string }).version,
      electronChecksums: {},
      out: join(folder, 'out'),
      fuses: false,
      repository: 'someone/firstnode',
      signing: signingOf({}),
      resources: inRoot('build', 'package'),
    }),
  })).filter((file) => file.endsWith('.AppImage'))
  await execute('unsquashfs', ['-quiet', '-no-progress', '-offset', String(runtime.length), '-dest', appDir, made])
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

/** Debian's tools, laid out as the builder looks for its own. */
async function toolsOfDebian(): Promise<string> {
  const tools = join(folder, 'tools')
  for (const part of ['runtimes', 'lib/x64']) await mkdir(join(tools, part), { recursive: true })
  for (const tool of ['mksquashfs', 'desktop-file-validate']) {
    await symlink((await execute('sh', ['-c', `command -v ${tool}`])).stdout.trim(), join(tools, tool))
  }
  await writeFile(join(tools, 'runtimes', 'runtime-x64'), runtime)
  return tools
}

test('the desktop entry of the AppImage is valid and leaves the sandbox on', async () => {
  const entry = join(appDir, 'firstnode.desktop')
  expect(await program('desktop-file-validate', [entry])).toEqual({ code: 0, out: '', err: '' })
  const text = await readFile(entry, 'utf8')
  expect(text).toMatch(/^Exec=AppRun *%U$/m)
  expect(text).not.toContain('no-sandbox')
})

test('it looks for new versions in the releases, and holds nothing of the deb', async () => {
  const resources = await readdir(join(appDir, 'resources'))
  expect(resources.sort()).toEqual(['app-update.yml', 'app.asar'])
  expect(await readFile(join(appDir, 'resources', 'app-update.yml'), 'utf8')).toMatch(/owner: someone\nrepo: firstnode/)
})

test('its own starter starts it, with the sandbox of the system', async () => {
  const { env, account, programFor, close } = await openPersonsDesktop()
  try {
    const executable = await programFor(join(appDir, 'AppRun'))
    expect(await startAndLook({ executable, env, account, hostile: false })).toBe('Which Elasticsearch?')
  } finally {
    await close()
  }
})

test('a deb and a tar.gz that are made after it do not look for new versions', async () => {
  expect(await readdir(join(packed, 'resources'))).toContain('app-update.yml')
  await writeFile(join(packed, 'resources', 'package-type'), 'deb')
  const tarball = join(folder, 'made.tar.gz')
  await makeTarball({ packed, name: 'Firstnode', released, compression: 'quick' }, tarball)
  const deb = join(folder, 'made.deb')
  const source = { packed, arch: 'x64', version: '1.0.0', repository: null, released, checkout: inRoot() } as const
  await makeDeb({ ...source, maintainer: maintainer(null), compression: 'quick', work: join(folder, 'work') }, deb)
  for (const [tool, words] of [['tar', ['--list', '--file', tarball]], ['dpkg-deb', ['--contents', deb]]] as const) {
    const { out } = await program(tool, words)
    expect(out).toContain('resources/app.asar')
    expect(out).not.toMatch(/app-update\.yml|package-type/)
  }
})
