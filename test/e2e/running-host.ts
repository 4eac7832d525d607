import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder } from '../../engine/installation/practice-cache.ts'
import { nodeExecutable } from '../../build/node-runtime.mjs'
import { inRoot } from '../../build/root.mjs'

export interface RunningHost {
  /** The address that was printed first. */
  readonly address: string
  readonly pid: number
  /** The home folder of whoever started it. */
  readonly folder: string
  /** Everything printed so far, on both outputs. */
  printed(): string
  /** Presses Enter and gives the address that is printed then. */
  another(): Promise<string>
  /** Ends it as Ctrl-C does and gives its exit status. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

const ended = new Set<string>()

/** Does this speak of the address of a host that a test has ended? */
export function isOfEndedHost(text: string): boolean {
  return [...ended].some((origin) => text.includes(origin))
}

/**
 * Starts the product by its own entry, the file behind `npm start`, with an empty home folder of its own and the practice
 * copies of this machine. `env` overrides variables, undefined removes one.
 */
export async function startProduct(args: readonly string[] = ['--no-open'], env: Record<string, string | undefined> = {}): Promise<RunningHost> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-e2e-'))
  const child = spawn(nodeExecutable(), [inRoot('build', 'start.mjs'), ...args], {
    cwd: inRoot(),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, FIRSTNODE_CACHE: cacheFolder(), HOME: folder, USERPROFILE: folder, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...env },
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  const addresses = () => [...printed.matchAll(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+/g)].map(([address]) => address)
  const nth = async (n: number) => {
    const deadline = Date.now() + 60_000
    for (;;) {
      const address = addresses()[n]
      if (address !== undefined) return address
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`No address number ${n + 1} was printed:\n${printed}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const address = await nth(0)
  let asked = 0
  return {
    address,
    pid: child.pid ?? -1,
    folder,
    printed: () => printed,
    another() {
      asked += 1
      child.stdin.write('\n')
      return nth(asked)
    },
    async end(signal = 'SIGINT') {
      ended.add(new URL(address).host)
      const status = await endProcess(child, signal)
      await rm(folder, { recursive: true, force: true })
      return status
    },
  }
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null) {
    const closed = new Promise((resolve) => child.once('close', resolve))
    child.kill(signal)
    const insist = setTimeout(() => child.kill('SIGKILL'), 30_000)
    await closed
    clearTimeout(insist)
  }
  return child.exitCode
}
