import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { tmpdir } from 'node:os'

const root = join(import.meta.dirname, '..', '..')
let built = false

/** The program as it is shipped, built where its sources changed. */
export function programPath(): string {
  if (!built) execFileSync(process.execPath, [join(root, 'build', 'firstnode.mjs'), '--version'])
  built = true
  return join(root, 'dist', 'cli', 'main.js')
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command line that runs: what it has said so far, and its end. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  said(): string
}

interface Call {
  /** ES_JAVA_HOME for the node */
  readonly java?: string
  readonly env?: Record<string, string>
  readonly stdin?: string
  /** file descriptors instead of pipes: for output that goes elsewhere */
  readonly stdout?: number
  readonly detached?: boolean
  /** words that stand before it: those of another host, say */
  readonly within?: readonly string[]
}

/** Begins `firstnode ARGS` as a process of its own, in an environment without secrets. */
export function begin(args: readonly string[], call: Call = {}): Running {
  const { PATH, HOME, ES_JAVA_OPTS, CLI_JAVA_OPTS } = process.env
  const env = { PATH, HOME, ES_JAVA_OPTS, CLI_JAVA_OPTS, FIRSTNODE_STATE: join(tmpdir(), 'firstnode-test-state'), ...(call.java === undefined ? {} : { ES_JAVA_HOME: call.java }), ...call.env }
  const [program = process.execPath, ...words] = [...(call.within ?? []), process.execPath, programPath(), ...args]
  const child = spawn(program, words, {
    env,
    stdio: [call.stdin === undefined ? 'ignore' : 'pipe', call.stdout ?? 'pipe', 'pipe'],
    detached: call.detached ?? false,
  })
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  child.stdin?.end(call.stdin)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })
  return { child, ended, said: () => err }
}

/** Runs `firstnode ARGS` to its end. */
export function firstnode(args: readonly string[], call: Call = {}): Promise<Ended> {
  return begin(args, call).ended
}

/** Standard output as the one JSON value it must be; a failed command shows what it said. */
export function json(ended: Ended): unknown {
  try {
    return JSON.parse(ended.out)
  } catch {
    throw new Error(`no JSON on standard output (exit ${ended.code}): ${ended.out}\n${ended.err}`)
  }
}

/** Waits until the command has said `words` on standard error; rejects when it ends before, or ten minutes pass. */
export async function untilSaid(running: Running, words: string): Promise<void> {
  const deadline = Date.now() + 600_000
  let over = false
  running.child.on('close', () => {
    over = true
  })
  while (!running.said().includes(words)) {
    if (over || Date.now() > deadline) throw new Error(`it never said ${JSON.stringify(words)}: ${running.said()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
