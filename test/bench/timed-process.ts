import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { nodeExecutable } from '../../build/node-runtime.mjs'
import { inRoot } from '../../build/root.mjs'
import type { BenchHome } from './bench-home.ts'

export interface Finished {
  /** from its start until it has ended and said all */
  readonly ms: number
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Call {
  readonly env: Record<string, string | undefined>
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
  readonly input?: string
}

/** Runs one of stock's programs as the owner of the home. Throws where it does not end with `exit`. */
export async function timeStock(home: BenchHome, program: string, args: readonly string[], exit = 0): Promise<Finished> {
  const finished = await time(join(home.home, 'bin', program), args, { env: home.env, cwd: home.home, ...home.as })
  return expectExit(program, finished, exit)
}

/** Runs the built command line, with `elasticPassword` or an enrollment token in its environment where it is given. Throws where it does not end with `exit`. */
export async function timeOurs(args: readonly string[], { exit = 0, input = '', elasticPassword, token }: { exit?: number; input?: string; elasticPassword?: string; token?: string } = {}): Promise<Finished> {
  const { ELASTIC_PASSWORD: _, ENROLLMENT_TOKEN: __, ...others } = process.env
  const env = { ...others, ...(elasticPassword === undefined ? {} : { ELASTIC_PASSWORD: elasticPassword }), ...(token === undefined ? {} : { ENROLLMENT_TOKEN: token }) }
  const finished = await time(nodeExecutable(), [inRoot('dist', 'cli', 'main.js'), ...args], { env, input })
  return expectExit(`firstnode ${args[0] ?? ''}`, finished, exit)
}

/** Runs a program to its end, within three minutes. */
export function time(program: string, args: readonly string[], { input = '', ...options }: Call): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const child = spawn(program, [...args], { ...options, stdio: 'pipe', timeout: 180_000 })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.once('error', reject)
    child.once('close', (code) => resolve({ ms: performance.now() - began, code, out, err }))
  })
}

function expectExit(program: string, finished: Finished, exit: number): Finished {
  if (finished.code === exit) return finished
  throw new Error(`${program} ended with ${finished.code}, not ${exit}: ${(finished.err || finished.out).trim().slice(0, 200)}`)
}
