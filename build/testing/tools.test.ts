import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { chromium, ensureTools, headlessChromium } from './tools.ts'

let folder: string
const said: string[] = []
const say = (line: string) => void said.push(line)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-tools-'))
  vi.stubEnv('PATH', folder)
  said.length = 0
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await rm(folder, { recursive: true, force: true })
})

async function program(name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(folder, name), 0o755)
}
const asUid = (uid: number) => vi.spyOn(process as { getuid(): number }, 'getuid').mockReturnValue(uid)

test('what is there is left alone, without a word', async () => {
  await program('tmux', '')
  await program('curl', '')
  await expect(ensureTools(['tmux', 'curl'], say)).resolves.toBeUndefined()
  expect(said).toEqual([])
})

test('what is missing is named with its use, installed by root, and looked for again', async () => {
  asUid(0)
  await program('apt-get', `echo "$@" >> ${folder}/asked\ncase "$*" in *install*) printf '#!/bin/sh\\n' > ${folder}/tmux; /bin/chmod 755 ${folder}/tmux;; esac`)
  await ensureTools(['tmux'], say)
  expect(said).toEqual(['Missing: tmux, which is the terminal in which the command line is tried.', 'Installed tmux: tmux.'])
  expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('update -qq\ninstall -y -qq -o DPkg::Lock::Timeout=120 --no-install-recommends tmux\n')
})

test('anybody else is told the command to run', async () => {
  asUid(1000)
  await program('apt-get', 'exit 1')
  await expect(ensureTools(['maven', 'chromium'], say)).rejects.toThrow('apt-get install maven chromium')
})

test('a machine without apt, or whose sources have nothing that fits, fails with a sentence', async () => {
  asUid(0)
  await expect(ensureTools(['tmux'], say)).rejects.toThrow('Install tmux by hand')
  await program('apt-get', 'case "$1" in install) exit 100;; esac')
  await expect(ensureTools(['tmux'], say)).rejects.toThrow('tmux is missing and no package that has it can be installed here (tmux)')
})

test('a Chromium can be named, and one that is not there is none', async () => {
  await program('chromium-browser', '')
  expect(chromium({ PATH: folder })).toBe(join(folder, 'chromium-browser'))
  expect(chromium({ PATH: folder, FIRSTNODE_CHROMIUM: join(folder, 'missing') })).toBeNull()
  expect(chromium({ PATH: '' })).toBeNull()
})

test('the page is shown by a Chromium without a window where there is one, else by Chromium', async () => {
  await program('chromium', '')
  expect(headlessChromium({ PATH: folder })).toBe(join(folder, 'chromium'))
  await program('chromium-headless-shell', '')
  expect(headlessChromium({ PATH: folder })).toBe(join(folder, 'chromium-headless-shell'))
  expect(headlessChromium({ PATH: folder, FIRSTNODE_CHROMIUM: join(folder, 'missing') })).toBeNull()
})

test('Chromium will do where one without a window cannot be installed', async () => {
  await program('chromium', '')
  await expect(ensureTools(['headless'], say)).resolves.toBeUndefined()
  expect(said).toEqual([])
  asUid(0)
  await program('apt-get', 'case "$1" in install) case "$*" in *headless*) exit 100;; esac;; esac')
  await expect(ensureTools(['headless'], say)).resolves.toBeUndefined()
  expect(said.at(-1)).toBe('Installed Chromium without a window: chromium.')
})
