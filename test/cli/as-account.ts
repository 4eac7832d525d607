import { spawn } from 'node:child_process'
import { chmod, copyFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { constants } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { programPath, type Ended } from './firstnode.ts'

interface Call {
  /** ES_JAVA_HOME for the node */
  readonly java?: string
  /** undefined takes a variable away */
  readonly env?: Record<string, string | undefined>
}

/** The command line where any account can run it: the checkout may be where only its owner can look. */
export interface ProgramForAll {
  /** Runs `firstnode ARGS` as an account, a member of no group but its own. */
  run(account: { uid: number; gid: number }, args: readonly string[], call?: Call): Promise<Ended>
  remove(): Promise<void>
}

/** Copies the program, and the Node that runs the tests, into a folder that everyone may enter. */
export async function programForAll(): Promise<ProgramForAll> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-program-'))
  await chmod(folder, 0o755)
  const node = join(folder, 'node')
  await copyFile(process.execPath, node, constants.COPYFILE_FICLONE)
  await cp(dirname(programPath()), join(folder, 'cli'), { recursive: true })
  return {
    run: ({ uid, gid }, args, { java, env = {} } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(node, [join(folder, 'cli', 'main.js'), ...args], {
          cwd: '/',
          env: {
            PATH: process.env.PATH,
            HOME: '/nonexistent',
            ...(java === undefined ? {} : { ES_JAVA_HOME: java }),
            ...env,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
          uid,
          gid,
        })
        let [out, err] = ['', '']
        child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()))
        child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()))
        child.on('error', reject)
        child.on('close', (code) => resolve({ code, out, err }))
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
