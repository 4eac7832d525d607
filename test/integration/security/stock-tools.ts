import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { FreshHome } from '../../support/fresh-home.ts'
import { quickTool } from '../../support/quick-tool.ts'

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface StockCall {
  readonly args?: readonly string[]
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The environment of Elasticsearch's own programs in tests: nothing of the caller's but the path. */
export function stockEnvironment({ java }: FreshHome, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { PATH: process.env.PATH ?? '', HOME: '/', LC_ALL: 'C.UTF-8', ES_JAVA_HOME: java, ...more }
}

/** Runs a program of the home's bin folder as its owner, with `input` on its standard input. */
export function runStock(home: FreshHome, program: string, { args = [], input = '', env = {} }: StockCall = {}): Promise<Ended> {
  const account = process.getuid?.() === 0 ? home.account : {}
  return run(join(home.home, 'bin', program), args, { input, env: stockEnvironment(home, { ...quickTool(program), ...env }), cwd: home.home, ...account })
}

/** The same, and fails where it fails. Gives what it printed. */
export async function stock(home: FreshHome, program: string, call: StockCall = {}): Promise<string> {
  const { code, stdout, stderr } = await runStock(home, program, call)
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${stdout}${stderr}`)
  return stdout
}

/** Runs a program of this machine (openssl, keytool, curl) and gives its output; fails where it fails. */
export async function tool(program: string, args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, { input, env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } })
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${stdout}${stderr}`)
  return stdout
}

function run(
  program: string,
  args: readonly string[],
  { input, ...options }: { input: string; env: NodeJS.ProcessEnv; cwd?: string; uid?: number; gid?: number },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'pipe' })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }))
    // a program that does not read its input may be gone already
    child.stdin.on('error', () => undefined).end(input)
  })
}
