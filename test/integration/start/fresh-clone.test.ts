import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { copyCheckout, personsEnvironment as env } from '../../support/checkout-copy.ts'

const execute = promisify(execFile)
let folder: string
let clone: string
const running: Started[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-clone-'))
  clone = join(folder, 'first node')
  await copyCheckout(clone)
})
afterEach(() => {
  for (const { child } of running.splice(0)) if (child.exitCode === null && child.pid !== undefined) kill(-child.pid, 'SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  printed(): string
  address(within: number): Promise<URL>
}

/** `npm start` as the leader of its own process group, as a terminal starts it. */
function npmStart(...args: readonly string[]): Started {
  const child = spawn('npm', ['start', '--', ...args], { cwd: clone, env, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const started: Started = {
    child,
    printed: () => printed,
    async address(within) {
      const found = () => /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/.exec(printed)?.[0]
      await expect.poll(() => found() ?? printed, { timeout: within, interval: 20 }).toMatch(/^http:/)
      return new URL(found() ?? '')
    },
  }
  running.push(started)
  return started
}

test('on a fresh clone with nothing but Node, npm start installs, builds and prints an address that answers; SIGTERM to npm ends the host', async () => {
  const first = npmStart('--no-open')
  const address = await first.address(300_000)
  const answer = await fetch(address.origin)
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('<title>Firstnode</title>')
  first.child.kill('SIGTERM')
  await expect.poll(() => listens(address), { timeout: 10_000 }).toBe(false)
}, 400_000)

test('a second start is at its address in under three seconds (the median of five), because nothing is installed or built, and Ctrl-C ends it quietly', async () => {
  const took: number[] = []
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now()
    const again = npmStart('--no-open')
    const address = await again.address(30_000)
    took.push(performance.now() - began)
    const closed = once(again.child, 'close')
    kill(-(again.child.pid ?? 0), 'SIGINT')
    await closed
    await expect.poll(() => listens(address)).toBe(false)
    expect(again.printed()).not.toMatch(/Installing|Built|Error|at .*\.m?js:/)
  }
  expect(took.toSorted((one, other) => one - other)[2]).toBeLessThan(3000)
})

test('with a port for a tunnel it prints the ssh line, answers to both names and prints another address at Enter', async () => {
  const port = 20_000 + (process.pid % 20_000)
  const tunnel = npmStart('--port', String(port))
  const address = await tunnel.address(30_000)
  expect(address.port).toBe(String(port))
  expect(tunnel.printed()).toMatch(new RegExp(`ssh -L ${port}:127\\.0\\.0\\.1:${port} \\S+`))
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(200)
  tunnel.child.stdin.write('\n')
  await expect.poll(() => tunnel.printed().match(/#token=/g)?.length).toBe(2)

  const refused = npmStart('--port', String(port))
  const [status] = await once(refused.child, 'close')
  expect(status).not.toBe(0)
  expect(refused.printed()).toContain(`Port ${port} on 127.0.0.1 is taken`)
  expect(refused.printed()).not.toContain('    at ')
})

test('the command line works after a bare npm ci: what it builds first is silent on standard output', async () => {
  await rm(join(clone, 'dist'), { recursive: true, force: true })
  const version = () => execute('npm', ['run', '-s', 'firstnode', '--', '--version'], { cwd: clone, env })
  const both = await Promise.all([version(), version()])
  for (const { stdout } of both) expect(stdout).toMatch(/^(firstnode )?\d+\.\d+\.\d+\n$/)
})

test('firstnode wizard builds what the wizard needs, prints its address as one JSON value, and ends when npm is told to', async () => {
  const wizard = spawn('npm', ['run', '-s', 'firstnode', '--', 'wizard', '--no-open', '--json'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let out = ''
  wizard.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  try {
    await expect.poll(() => out, { timeout: 60_000 }).toMatch(/\}\n$/)
    const address = new URL((JSON.parse(out) as { address: string }).address)
    expect((await fetch(address.origin)).status).toBe(200)
    wizard.kill('SIGTERM')
    await expect.poll(() => listens(address), { timeout: 10_000 }).toBe(false)
  } finally {
    kill(-(wizard.pid ?? 0), 'SIGKILL')
  }
})

test('what is built runs on the oldest Node that is promised, if it is the one of this machine', async () => {
  const { stdout: node } = await execute('node', ['-p', 'process.execPath'], { env })
  const { stdout } = await execute(node.trim(), [join(clone, 'dist', 'cli', 'main.js'), '--version'], { env })
  expect(stdout).toMatch(/\d+\.\d+\.\d+/)
  expect(dirname(node)).not.toContain('node_modules')
})

function listens({ port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port) })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}
