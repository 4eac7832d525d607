import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extractFile, listPackage, statFile } from '@electron/asar'
import { _electron } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkPacked } from '../../../build/package/check.ts'
import { electronDist } from '../../../build/package/electron-dist.ts'
import { fusesNotAsReleased, readFuses } from '../../../build/package/fuses.ts'
import { packedIn, startableHere, type Packed } from '../../../build/package/packed.ts'
import { startAndLook } from '../../../build/package/start-and-look.ts'
import { inRoot } from '../../../build/root.mjs'
import { openPersonsDesktop, type PersonsDesktop } from '../../../build/testing/persons-desktop.ts'

// `npm run package` on this machine: with the pinned Electron where it is installed, else with the one that npm's registry holds.
const mostBytes = 8 * 1024 * 1024
let packed: Packed
let twin: Packed
let desktop: PersonsDesktop
/** without the fuses that came after it */
let older: boolean
let files: { readonly path: string; readonly bytes: Buffer }[]

beforeAll(async () => {
  const pack = (word: string) => promisify(execFile)(process.execPath, [inRoot('build', 'package.mjs'), word], { maxBuffer: 16 * 1024 * 1024 })
  await pack('twin')
  await pack('folder')
  packed = onlyOne(inRoot('dist', 'package'))
  twin = onlyOne(inRoot('dist', 'twin'))
  files = filesIn(packed.asar)
  desktop = await openPersonsDesktop()
  older = !(await electronDist(inRoot())).pinned
})
afterAll(() => desktop.close())

/** What it takes to start one of them as an ordinary person. */
const personally = async (executable: string) => ({ executable: await desktop.programFor(executable), env: desktop.env, account: desktop.account })

function onlyOne(out: string): Packed {
  const one = startableHere(packedIn(out))
  if (one === null) throw new Error(`Nothing in ${out} can be started here.`)
  return one
}

function filesIn(asar: string): { path: string; bytes: Buffer }[] {
  return listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => !('files' in statFile(asar, path)))
    .map((path) => ({ path, bytes: extractFile(asar, path) }))
}

describe('what is packed', () => {
  test('is the host, the page, the licence and a package.json, and nothing to install', () => {
    const strange = files.map(({ path }) => path).filter((path) => !/^(LICENSE|package\.json|dist\/(electron|renderer)\/.+)$/.test(path))
    expect(strange).toEqual([])
    expect(files.filter(({ path }) => /node_modules|\.(gz|map|ts|tsx)$/.test(path))).toEqual([])
    for (const path of ['dist/electron/preload.cjs', 'dist/renderer/index.html']) expect(files.map((file) => file.path)).toContain(path)
  })

  test('stays under eight megabytes', () => {
    const all = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
    expect(all).toBeGreaterThan(1024 * 1024)
    expect(all).toBeLessThan(mostBytes)
  })

  test('holds nothing twice', () => {
    const large = files.filter(({ bytes }) => bytes.length > 200)
    const byContent = Map.groupBy(large, ({ bytes }) => createHash('sha256').update(bytes).digest('hex'))
    expect([...byContent.values()].filter((same) => same.length > 1).map((same) => same.map(({ path }) => path))).toEqual([])
  })

  test('has electron-updater in it, as part of our own files', () => {
    const code = files.filter(({ path }) => /^dist\/electron\/.*\.c?js$/.test(path)).map(({ bytes }) => bytes.toString('utf8'))
    expect(code.some((text) => text.includes('app-update.yml'))).toBe(true)
    expect(code.filter((text) => /(from|require\()\s*["']electron-updater["']/.test(text))).toEqual([])
  })

  test('names the licences of what it is made of', () => {
    const licences = files.filter(({ path }) => path.endsWith('/licences.json')).flatMap(({ bytes }) => JSON.parse(bytes.toString('utf8')) as { name: string; text: string }[])
    expect(licences.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', 'zod', 'electron-updater', 'undici']))
    expect(licences.filter(({ text }) => text === '')).toEqual([])
  })
})

describe('the fuses', () => {
  test('stand in the packed application as a release wants them', async () => {
    expect(await fusesNotAsReleased(packed.binary, older)).toEqual([])
  })

  test('stand in the twin as Electron ships them, for Playwright', async () => {
    const [wire] = await readFuses(twin.binary)
    expect(wire).toMatchObject({ EnableNodeCliInspectArguments: true })
  })

  test('give nobody a Node or a debugger who asks the packed application for one', async () => {
    expect(await startAndLook({ ...(await personally(packed.executable)), hostile: true })).toBe('Which Elasticsearch?')
  })

  test('are what keeps it from that: the twin gives one', async () => {
    const start = startAndLook({ ...(await personally(twin.executable)), hostile: true, patience: 30_000 })
    await expect(start).rejects.toThrow('before it showed a page')
  })
})

test('the check of a release passes on what was packed', async () => {
  const said: string[] = []
  await checkPacked(inRoot('dist', 'package'), inRoot('dist', 'twin'), (line) => said.push(line), { older })
  expect(said.at(-1)).toContain('starts: "Which Elasticsearch?"')
})

test('the twin runs from its asar, with the page beside it', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'firstnode-twin-'))
  const { executable, env, account } = await personally(twin.executable)
  if (account !== null) await chown(profile, account.uid, account.gid)
  const started = { executablePath: executable, args: [`--user-data-dir=${profile}`], env: { ...(process.env as Record<string, string>), ...env } }
  const application = await _electron.launch({ ...started, colorScheme: null })
  try {
    const page = await application.firstWindow()
    await page.getByRole('heading', { level: 1, name: 'Which Elasticsearch?' }).waitFor()
    expect(await application.evaluate(({ app }) => ({ packaged: app.isPackaged, name: app.getName() }))).toEqual({ packaged: true, name: 'Firstnode' })
  } finally {
    await application.close()
    await rm(profile, { recursive: true, force: true })
  }
})
