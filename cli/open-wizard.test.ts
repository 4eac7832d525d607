import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openWizard } from './open-wizard.ts'

let folder: string
const argv = [...process.argv]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first node ü '))
  await mkdir(join(folder, 'cli'))
})
afterEach(async () => {
  process.argv.splice(0, Number.POSITIVE_INFINITY, ...argv)
  vi.unstubAllGlobals()
  await rm(folder, { recursive: true })
})

test.each([[['cli', 'host.js']], [['host', 'main.js']]])('the host at %j gets its arguments as if it had been called by itself', async (place) => {
  const host = join(folder, ...place)
  await mkdir(join(host, '..'), { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(host, 'globalThis.opened(process.argv.slice(1))')
  const called = await new Promise((resolve, reject) => {
    vi.stubGlobal('opened', resolve)
    openWizard(['--no-open'], join(folder, 'cli')).catch(reject)
  })
  expect(called).toEqual([host, '--no-open'])
})

test('without a built host it says so', async () => {
  await expect(openWizard([], join(folder, 'cli'))).rejects.toMatchObject({ code: 'host_not_built', message: expect.stringContaining(folder) as string })
})
