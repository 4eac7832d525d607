import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Configuration } from './configurations.ts'
import { oracleHome, type Owner } from './home.ts'

/** What stock's own tool answered: its exit status and the first line it said, without paths of this machine. */
export interface StockAnswer {
  readonly exit: number
  readonly says: string
}

export interface StockTree {
  readonly version: string
  /** a home with everything, whose programs are used and which is never changed */
  readonly home: string
  readonly java: string
  readonly account: Owner
}

/** The host name that stock and Firstnode are told. */
export const oracleHost = 'oracle'

/** It makes four keys of 4096 bits one after another; on a busy machine that takes minutes. */
const patience = 600_000

/** Asks `bin/auto-configure-node -v` about a configuration, on a home made for it. */
export async function askStock(tree: StockTree, configuration: Configuration, signal?: AbortSignal): Promise<StockAnswer> {
  const root = process.getuid?.() === 0
  if (configuration.stranger === true && !root) throw new Error(`Only root can ask stock about: ${configuration.name}`)
  const home = await oracleHome({ tree: tree.home, version: tree.version, owner: root ? tree.account : null })
  try {
    await configuration.prepare(home)
    await home.settle()
    const runner = configuration.stranger === true ? { uid: tree.account.uid + 1, gid: tree.account.gid + 1 } : tree.account
    return await run(home.home, tree, configuration, root ? runner : null, signal)
  } finally {
    await home.destroy()
  }
}

function run(home: string, tree: StockTree, { env, password }: Configuration, as: Owner | null, signal?: AbortSignal): Promise<StockAnswer> {
  return new Promise((done, failed) => {
    const child = spawn(join(home, 'bin', 'auto-configure-node'), ['-v'], {
      cwd: home,
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOSTNAME: oracleHost, ES_JAVA_HOME: tree.java, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: patience,
      ...as,
      ...(signal === undefined ? {} : { signal }),
    })
    let said = ''
    const listen = (chunk: Buffer) => void (said += chunk.toString('utf8'))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.stdin.on('error', () => {})
    child.stdin.end(password === undefined ? '' : `${password}\n`)
    child.on('error', failed)
    child.on('close', (exit, killed) => {
      // The JVM turns a signal into 128 and its number; the tool itself never answers so.
      if (exit === null || exit > 128) failed(new Error(`stock's tool was ended: ${killed ?? exit}`))
      else done({ exit, says: firstLine(said, home, tree) })
    })
  })
}

function firstLine(said: string, home: string, tree: StockTree): string {
  const line = said.split('\n').find((one) => one.trim() !== '' && !/^\s*(?:at |warning: )/.test(one)) ?? ''
  return line.trim().replaceAll(home, 'HOME').replaceAll(tree.home, 'HOME').replaceAll(/certs\.\d+\.tmp/g, 'certs.N.tmp').slice(0, 300)
}
