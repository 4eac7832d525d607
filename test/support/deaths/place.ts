import { execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, chownSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import { programPath } from '../../cli/firstnode.ts'
import { freePorts } from '../free-ports.ts'
import type { Failpoints } from './failpoints.ts'

/** The account that owns everything here, and runs what root runs for it. */
export const account = { uid: 4711, gid: 4711 }
/** Known, so that it is found in a file that should not hold it. */
export const password = 'Kn0wn-Secret-77'

/** A folder of the account with a home whose Java is a stand-in, and what a process under test needs beside it. */
export interface Place {
  /** everything that must come back as it was lies below this */
  readonly folder: string
  readonly home: string
  readonly config: string
  /** ports of nobody else on this machine, as options */
  readonly ports: readonly string[]
  /** outside of `folder` */
  readonly beside: string
  /** what the account, or root, is given to run: `firstnode ARGS` */
  run(args: readonly string[], how?: Run): Promise<Ended>
  /** keeps the folder as it is now, with all that belongs to it */
  keep(name: string): void
  /** makes the folder what it was when it was kept under this name */
  again(name: string): void
  remove(): void
}

export interface Run {
  readonly as?: 'root' | 'account'
  readonly failpoints?: Pick<Failpoints, 'what' | 'at' | 'code'> & { readonly under?: readonly string[] }
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
  /** instead of the command line: a script of the tests */
  readonly script?: string
}

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
  /** the calls that were counted: `KIND CALL PATH` */
  readonly calls: readonly string[]
}

export async function makePlace(): Promise<Place> {
  const root = realpathSync(mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'firstnode-deaths-')))
  const [folder, beside, kept] = [join(root, 'place'), join(root, 'beside'), join(root, 'kept')]
  const home = join(folder, 'elasticsearch-9.4.3')
  const config = join(home, 'config')
  const asRoot = process.getuid?.() === 0
  for (const part of ['bin', 'lib', 'config', 'logs', 'modules/x-pack-security', 'jdk/bin']) mkdirSync(join(home, part), { recursive: true })
  mkdirSync(beside)
  mkdirSync(kept)
  const node = join(beside, 'node')
  copyFileSync(process.execPath, node)
  chmodSync(node, 0o755)
  await build({ input: join(import.meta.dirname, 'stand-in-java.ts'), platform: 'node', logLevel: 'warn', output: { file: join(beside, 'stand-in-java.mjs'), format: 'esm' } })
  writeFileSync(join(home, 'jdk', 'bin', 'java'), `#!/bin/sh\n# A stand-in for Java.\nexec '${node}' '${join(beside, 'stand-in-java.mjs')}' "$@"\n`, { mode: 0o755 })
  writeFileSync(join(home, 'jdk', 'release'), 'JAVA_VERSION="25.0.1"\n')
  for (const file of ['bin/elasticsearch', 'lib/elasticsearch-9.4.3.jar']) writeFileSync(join(home, file), '', { mode: 0o755 })
  writeFileSync(join(config, 'elasticsearch.yml'), '# a line of its owner\nnode.attr.rack: r1\n', { mode: 0o640 })
  for (const file of ['jvm.options', 'log4j2.properties']) writeFileSync(join(config, file), '')
  const program = copyOfProgram(beside)
  const keys = [1, 2, 3, 4].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  for (const file of ['failpoints.ts']) copyFileSync(join(import.meta.dirname, file), join(beside, file))
  if (asRoot) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder, beside])
  execFileSync('chmod', ['755', root])

  const { http, transport } = await freePorts()
  let calls = 0
  return {
    ports: ['--http-port', String(http), '--transport-port', String(transport)],
    folder,
    home,
    config,
    beside,
    keep: (name) => {
      rmSync(join(kept, name), { recursive: true, force: true })
      execFileSync('cp', ['-a', folder, join(kept, name)])
    },
    again: (name) => {
      if (name !== 'running') endNodes(home)
      // The folder itself stays: what runs in it keeps it open.
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
      execFileSync('cp', ['-a', `${join(kept, name)}/.`, folder])
    },
    remove: () => {
      endNodes(home)
      rmSync(root, { recursive: true, force: true })
    },
    run: async (args, { as = 'account', failpoints, stdin = '', env = {}, script } = {}) => {
      const log = join(beside, `calls-${calls++}`)
      writeFileSync(log, '')
      if (asRoot) chownSync(log, account.uid, account.gid)
      const given: Failpoints = { under: [folder], what: null, ...failpoints, log, keys }
      const child = spawn(node, ['--import', join(beside, 'failpoints.ts'), script ?? program, ...args], {
        cwd: beside,
        env: { PATH: process.env.PATH, HOME: beside, FIRSTNODE_STATE: join(beside, 'state'), NODE_COMPILE_CACHE: join(beside, 'compiled'), FIRSTNODE_FAILPOINTS: JSON.stringify(given), ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
        ...(asRoot && as === 'account' ? account : {}),
      })
      let [out, err] = ['', '']
      child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
      child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
      child.stdin.on('error', () => undefined)
      child.stdin.end(stdin)
      return new Promise((resolve, reject) => {
        child.once('error', reject)
        // A node that was started may hold its output: what ends is the process.
        child.once('exit', (code, signal) => setImmediate(() => resolve({ code, signal, out, err, calls: readFileSync(log, 'utf8').split('\n').filter((line) => line !== '') })))
      })
    },
  }
}

/** The program as it is shipped, where the account may read it. */
function copyOfProgram(beside: string): string {
  cpSync(join(programPath(), '..'), join(beside, 'program'), { recursive: true })
  writeFileSync(join(beside, 'package.json'), '{"type":"module"}')
  return join(beside, 'program', 'main.js')
}

/** Files below a folder that hold this text. */
export function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text))
}

/** Ends the stand-ins that run from this home. */
function endNodes(home: string): void {
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`-Des.path.home=${home}\0`)) process.kill(Number(name), 'SIGKILL')
    } catch {
      // it has ended meanwhile
    }
  }
}
