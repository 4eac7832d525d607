import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { inRoot } from '../../../build/root.mjs'

let folder: string
let node: string
const asked = () => readFile(join(folder, 'shared', 'asked'), 'utf8').catch(() => '')
const running: { end(): Promise<void> }[] = []

/** An installed package (nothing but what is built) that any account can run, and a desktop that notes what it is to open. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-opened-'))
  await chmod(folder, 0o755)
  for (const part of ['dist/host', 'dist/renderer', 'build', 'package.json']) await cp(inRoot(part), join(folder, 'package', part), { recursive: true })
  node = join(folder, 'node')
  await cp(process.execPath, node)
  await mkdir(join(folder, 'shared'))
  await chmod(join(folder, 'shared'), 0o777)
  await mkdir(join(folder, 'bin'))
  await writeFile(join(folder, 'bin', 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/shared/asked\n`)
  await chmod(join(folder, 'bin', 'xdg-open'), 0o755)
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.end()))
  await rm(join(folder, 'shared', 'asked'), { force: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function start(uid: number | null, ...args: readonly string[]) {
  const child = spawn(node, [join(folder, 'package', 'build', 'start.mjs'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: join(folder, 'shared'), TMPDIR: join(folder, 'shared'), DISPLAY: ':0' },
    ...(uid === null ? {} : { uid, gid: uid }),
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    await closed
  }
  running.push({ end })
  await expect.poll(() => /#token=([\w-]{43})/.exec(printed)?.[1] ?? printed).toMatch(/^[\w-]{43}$/)
  return { printed: () => printed, end, address: /http:\S+/.exec(printed)?.[0] ?? '' }
}

/** Somebody who is not root: the caller, or an account number where the caller is. */
const ordinary = process.getuid?.() === 0 ? 65_534 : null

test('with a display, the default browser is given a file of this account alone, which opens the wizard once; no token stands in any argument', async () => {
  const host = await start(ordinary)
  await expect.poll(asked).toContain('.html')
  const file = (await asked()).trim()
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(dirname(file))).mode & 0o777).toBe(0o700)
  const address = /url=(http:[^"]+)"/.exec(await readFile(file, 'utf8'))?.[1] ?? ''
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
  expect(address).not.toBe(host.address)

  const tokens = [address, host.address].map((one) => one.split('#token=')[1] ?? 'none')
  const commands = await commandLines()
  expect(commands.some((line) => line.includes(join('build', 'start.mjs')))).toBe(true)
  for (const token of tokens) expect(commands.filter((line) => line.includes(token))).toEqual([])

  const origin = new URL(address).origin
  const exchange = () => fetch(`${origin}/session`, { method: 'POST', headers: { Origin: origin, 'Content-Type': 'application/json' }, body: JSON.stringify({ token: tokens[0] }) })
  expect((await exchange()).status).toBe(200)
  expect((await exchange()).status).toBe(401)
  await host.end()
  await expect(stat(dirname(file))).rejects.toThrow('ENOENT')
})

test('--no-open opens nothing', async () => {
  const host = await start(ordinary, '--no-open')
  // Opening is the last thing a start does, before it can be ended in order.
  await host.end()
  expect(await asked()).toBe('')
})

async function commandLines(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(processes.map((pid) => readFile(join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')))
  return lines.map((line) => line.replaceAll('\0', ' '))
}
