import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { inRoot } from '../root.mjs'
import { dropDefaultApplication, flipAfterPack } from './after-pack.ts'
import { configuration, type Packing } from './configuration.ts'
import { desktopEntry as entryOfDeb, presentation } from './linux/desktop-entry.ts'
import { signingOf } from './signing.ts'

const require = createRequire(import.meta.url)
const packing: Packing = {
  application: '/application',
  electron: null,
  electronVersion: '45.4.1',
  electronChecksums: { 'electron.zip': 'sum' },
  out: '/out',
  fuses: true,
  repository: 'someone/firstnode',
  signing: signingOf({}),
  resources: inRoot('build', 'package'),
}
const made = (more: Partial<Packing> = {}) => configuration({ ...packing, ...more })
const targets = (of: unknown) => (of as { target: string; arch: string[] }[]).map(({ target, arch }) => `${target} ${arch.join(' ')}`)

test('the builder itself has nothing against it, however it is signed', async () => {
  type Validation = { validateConfiguration: (config: unknown, log: { isEnabled: boolean; add: () => void }) => Promise<void> }
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as Validation
  const azure = { endpoint: 'e', codeSigningAccountName: 'a', certificateProfileName: 'p', publisherName: 'us' }
  const all = [made(), made({ fuses: false, electron: '/dist', repository: null }), made({ signing: { apple: true, notarized: true, windows: azure } }), made({ signing: { ...packing.signing, windows: 'certificate' } })]
  for (const config of all) await validateConfiguration(config, { isEnabled: false, add: () => undefined })
  await expect(validateConfiguration({ ...made(), wrong: true }, { isEnabled: false, add: () => undefined })).rejects.toThrow('wrong')
})

test('every target is made for the processors it is promised for', () => {
  const { linux, mac, win } = made()
  expect(targets(linux?.target)).toEqual(['AppImage x64 arm64'])
  expect(targets(mac?.target)).toEqual(['dmg universal', 'zip universal'])
  expect(targets(win?.target)).toEqual(['nsis x64', 'portable x64'])
})

test('nobody is asked for an administrator on Windows', () => {
  const { win, nsis, portable } = made()
  expect(win?.requestedExecutionLevel).toBe('asInvoker')
  expect(nsis).toMatchObject({ perMachine: false, allowElevation: false })
  expect(portable?.requestExecutionLevel).toBe('user')
})

test('the entry on a Linux desktop has a comment, categories, keywords and the name that windows are matched by', async () => {
  const { linux } = made()
  expect(linux).toMatchObject({ syncDesktopName: true })
  expect(await desktopEntry()).toMatchObject({
    Name: 'Firstnode',
    Exec: '/opt/Firstnode/firstnode %U',
    Icon: 'firstnode',
    StartupWMClass: 'firstnode',
    Comment: presentation.comment,
    Categories: 'Development;Database;',
    Keywords: expect.stringMatching(/^elasticsearch;.*;$/) as string,
    Terminal: 'false',
  })
})

test('the entry that the deb installs says the same as the one that the builder writes', async () => {
  const { Exec, ...ours } = linesOf(entryOfDeb('firstnode'))
  const { Exec: builders, ...others } = await desktopEntry()
  expect({ Exec, builders }).toEqual({ Exec: 'firstnode', builders: '/opt/Firstnode/firstnode %U' })
  expect(ours).toEqual(others)
})

/** The entry as the builder itself writes it, which has its own mind about some of its lines. */
async function desktopEntry(): Promise<Record<string, string>> {
  const config = made()
  const { LinuxTargetHelper } = require('app-builder-lib/out/targets/LinuxTargetHelper') as { LinuxTargetHelper: { prototype: { computeDesktopEntry: (options: unknown) => Promise<string> } } }
  const appInfo = { productName: config.productName, sanitizedProductName: config.productName, description: 'of package.json' }
  const packager = { appInfo, config, executableName: config.linux?.executableName, info: { metadata: { desktopName: 'firstnode.desktop' } }, fileAssociations: [], platformSpecificBuildOptions: config.linux }
  const helper = Object.assign(Object.create(LinuxTargetHelper.prototype) as typeof LinuxTargetHelper.prototype, { packager })
  return linesOf(await helper.computeDesktopEntry(config.linux))
}

function linesOf(entry: string): Record<string, string> {
  const lines = entry.split('\n').filter((line) => line.includes('='))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}

test('the AppImage needs no libfuse2: its runtime is linked statically', () => {
  expect(made().toolsets).toEqual({ appimage: '1.0.3' })
})

describe('signing', () => {
  test('an unsigned build is signed ad hoc on macOS, without the hardened runtime, and not at all on Windows', () => {
    // Nor is it told of new versions, which could not be installed.
    expect(made().mac).toMatchObject({ identity: '-', hardenedRuntime: false, notarize: false, publish: null })
    expect(made().win).toMatchObject({ signExecutable: false })
  })

  test('a signed one has the hardened runtime and our entitlements, and goes to Apple where that is set up', () => {
    const signing = { apple: true, notarized: true, windows: 'certificate' } as const
    const { mac, win } = made({ signing })
    expect(mac).toMatchObject({ hardenedRuntime: true, notarize: true })
    expect(mac).not.toHaveProperty('identity')
    expect(mac).not.toHaveProperty('publish')
    expect(win).not.toHaveProperty('signExecutable')
    const entitlements = readFileSync(mac?.entitlements ?? '', 'utf8')
    expect([...entitlements.matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)).toEqual(['com.apple.security.cs.allow-jit'])
  })

  test('an account of Azure\'s signs where one is given', () => {
    const windows = { endpoint: 'e', codeSigningAccountName: 'a', certificateProfileName: 'p', publisherName: 'us' }
    expect(made({ signing: { ...packing.signing, windows } }).win?.azureSignOptions).toEqual(windows)
  })
})

describe('new versions', () => {
  test('are looked for in the releases of the repository', () => {
    expect(made().publish).toEqual({ provider: 'github', owner: 'someone', repo: 'firstnode' })
  })

  test('are looked for nowhere where no repository is named', () => {
    expect(made({ repository: null }).publish).toBeNull()
    expect(() => made({ repository: 'firstnode' })).toThrow('owner/name')
  })
})

test('Electron comes from a folder, or is fetched and checked against the sums that came by npm', () => {
  expect(made()).toMatchObject({ electronVersion: '45.4.1', electronDownload: { checksums: { 'electron.zip': 'sum' } } })
  expect(made()).not.toHaveProperty('electronDist')
  expect(made({ electron: '/dist' })).toMatchObject({ electronDist: '/dist' })
  expect(made().afterExtract).toBe(dropDefaultApplication)
})

test('the fuses are set in everything but a twin', () => {
  expect(made().afterPack).toBe(flipAfterPack)
  expect(made({ fuses: false }).afterPack).toBeNull()
})

test('no packages are gone looking for: everything is bundled', async () => {
  const { beforeBuild, npmRebuild } = made()
  expect(npmRebuild).toBeUndefined()
  expect(await (beforeBuild as (context: unknown) => Promise<unknown>)({})).toBe(false)
})
