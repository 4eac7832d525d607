import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkPacked } from './check.ts'
import { startAndLook } from './start-and-look.ts'
import { sentinel } from './fuses.ts'

// Made-up applications: files with Electron's sentinel that cannot be started, so a check that gets so far fails at the start.
const [asElectronShips, released] = ['101100011', '010011001']
let folder: string
const start = (executable: string) => startAndLook({ executable, hostile: true })
const check = () => checkPacked(join(folder, 'package'), join(folder, 'twin'), () => undefined, { platform: 'linux', start })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-check-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function pack(out: 'package' | 'twin', wire: string, asar = 'application', name = 'linux-unpacked'): Promise<void> {
  await mkdir(join(folder, out, name, 'resources'), { recursive: true })
  await writeFile(join(folder, out, name, 'resources', 'app.asar'), asar)
  await writeFile(join(folder, out, name, 'firstnode'), Buffer.concat([Buffer.from(sentinel), Buffer.from([1, wire.length]), Buffer.from(wire)]))
}

test('nothing that is packed, or nothing that was tested, is no release', async () => {
  await expect(check()).rejects.toThrow('Nothing is packed')
  await pack('package', released)
  await expect(check()).rejects.toThrow('would be untested')
})

test('one fuse that stands otherwise is named', async () => {
  await pack('twin', asElectronShips)
  await pack('package', released.replace('0', '1'))
  await expect(check()).rejects.toThrow('RunAsNode is on')
})

test('another application than the tested one is seen, also in what this machine cannot start', async () => {
  await pack('twin', asElectronShips)
  await pack('package', released)
  await pack('package', released, 'another', 'linux-arm64-unpacked')
  await expect(check()).rejects.toThrow(/linux-arm64-unpacked.*is not what the tests drove/)
})

test('what does not start is no release', async () => {
  await pack('twin', asElectronShips)
  for (const name of ['linux-unpacked', 'linux-arm64-unpacked']) await pack('package', released, 'application', name)
  await expect(check()).rejects.toThrow(/firstnode: It cannot be started/)
})
