import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPackage } from '@electron/asar'
import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { makeDist } from '../../electron-stand-in/make-dist.ts'
import { startTiny, tinyFolder } from './tiny-application.ts'

let folder = ''
/** As electron-builder leaves it: the executable has the application's name. */
let executable = ''
const archive = () => join(folder, 'resources', 'app.asar')

beforeAll(async () => void (folder = join(await mkdtemp(join(tmpdir(), 'firstnode-dist-')), 'it is packed')))
afterAll(() => rm(join(folder, '..'), { recursive: true, force: true }))
beforeEach(async () => {
  await makeDist(folder)
  executable = join(folder, 'tiny')
  await rename(join(folder, 'electron'), executable)
  await createPackage(tinyFolder, archive())
})

test('the folder runs the application of its archive, packaged and by itself', async () => {
  await using tiny = await startTiny({}, { executablePath: executable })
  expect(await tiny.app.evaluate(({ app }) => [app.isPackaged, app.name, app.getVersion(), process.resourcesPath, process.versions.electron, process.execPath])).toEqual([true, 'Tiny', '1.2.3', join(folder, 'resources'), expect.stringMatching(/^\d+\.\d+\.\d+$/), executable])
  expect(await tiny.app.evaluate(({ app }) => app.getAppPath())).toMatch(/app\.asar$/)
  expect(await tiny.page.evaluate(() => (window as unknown as { tiny: { plus(number: number): number } }).tiny.plus(1))).toBe(2)
  const unpacked = await tiny.app.evaluate(({ app }) => app.getAppPath())
  await tiny.app.close()
  await expect.poll(() => existsSync(unpacked)).toBe(false)
})

test('an archive without an application is not run', async () => {
  const app = join(folder, 'empty')
  await mkdir(app)
  await createPackage(app, archive())
  const started = start([])
  expect(await said(started, 'stderr', 'has no package.json')).toBe(true)
})

test('fuses are read, flipped and obeyed: no inspector, no plain Node, no folder in place of the archive', async () => {
  const wire = async () => Object.values(await getCurrentFuseWire(executable)).map((state) => String.fromCharCode(Number(state))).filter((state) => /[01]/.test(state)).join('')
  expect(await wire()).toContain('101100011')
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false, [FuseV1Options.EnableNodeCliInspectArguments]: false, [FuseV1Options.OnlyLoadAppFromAsar]: true })
  expect(await wire()).toContain('001001011')

  const inspected = start(['--inspect=0', '--remote-debugging-port=0', '-e', 'process.stdout.write("plain")'], { ELECTRON_RUN_AS_NODE: '1' })
  let errors = ''
  inspected.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  expect(await said(inspected, 'stdout', 'loaded')).toBe(true)
  inspected.kill('SIGTERM')
  expect(await once(inspected, 'exit')).toEqual([0, null])
  expect(errors).toContain('DevTools listening')
  expect(errors).not.toContain('Debugger listening')

  await rename(archive(), join(folder, 'resources', 'away'))
  await mkdir(join(folder, 'resources', 'app'))
  expect(await said(start([]), 'stderr', 'needs an application')).toBe(true)
})

function start(words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const started = spawn(executable, [`--user-data-dir=${join(folder, 'data')}`, ...words], { env: { ...process.env, ...env } })
  onTestFinished(() => void started.kill('SIGKILL'))
  return started
}

/** Whether it says so before it ends. */
async function said(started: ChildProcess, where: 'stdout' | 'stderr', what: string): Promise<boolean> {
  let text = ''
  for await (const chunk of started[where] ?? []) {
    text += String(chunk)
    if (text.includes(what)) return true
  }
  return false
}
