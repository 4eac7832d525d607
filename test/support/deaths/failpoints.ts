import crypto from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { constants } from 'node:os'
import { promisify } from 'node:util'

/**
 * Preloaded (`node --import`) into a process under test: every call of Node to the file system below some folders is a failpoint. It replaces the functions themselves, so that no call of
 * the program passes it by, however it is imported. What it does there, `FIRSTNODE_FAILPOINTS` says as JSON.
 */
export interface Failpoints {
  /** real paths; calls elsewhere are left alone */
  readonly under: readonly string[]
  /** `kill`: before changing call number `at`, from 0; `fail`: call `at` of any kind ends with `code`; null: all are only counted */
  readonly what: 'kill' | 'fail' | null
  readonly at?: number
  readonly code?: string
  /** gets a line for each call: `KIND CALL PATH` */
  readonly log: string
  /** keys to take instead of computing them, as PEM */
  readonly keys?: readonly string[]
}

type Kind = 'change' | 'sync' | 'read'

/** What each function of `fs.promises` does, and which of its arguments is the path that matters. `null`: nothing on the disk. A name that is missing here ends a test. */
export const promiseCalls: Readonly<Record<string, readonly [Kind, number] | null>> = {
  access: ['read', 0], appendFile: ['change', 0], chmod: ['change', 0], chown: ['change', 0], copyFile: ['change', 1], cp: ['change', 1], glob: null, lchmod: ['change', 0], lchown: ['change', 0],
  link: ['change', 1], lstat: ['read', 0], lutimes: ['change', 0], mkdir: ['change', 0], mkdtemp: ['change', 0], mkdtempDisposable: ['change', 0], open: ['read', 0], opendir: ['read', 0],
  readFile: ['read', 0], readdir: ['read', 0], readlink: ['read', 0], realpath: ['read', 0], rename: ['change', 1], rm: ['change', 0], rmdir: ['change', 0], stat: ['read', 0], statfs: null,
  symlink: ['change', 1], truncate: ['change', 0], unlink: ['change', 0], utimes: ['change', 0], watch: null, writeFile: ['change', 0],
}

/** The same of an opened file. */
export const handleCalls: Readonly<Record<string, Kind | null>> = {
  appendFile: 'change', chmod: 'change', chown: 'change', close: null, createReadStream: null, createWriteStream: null, datasync: 'sync', getAsyncId: null, pull: null, pullSync: null, read: 'read', readFile: 'read', readLines: null,
  readableWebStream: null, readv: 'read', stat: 'read', sync: 'sync', truncate: 'change', utimes: 'change', write: 'change', writeFile: 'change', writer: null, writev: 'change',
}

/** Functions of `fs` that wait for the disk and change it. */
export const syncCalls: Readonly<Record<string, number>> = {
  appendFileSync: 0, chmodSync: 0, chownSync: 0, copyFileSync: 1, cpSync: 1, lchmodSync: 0, lchownSync: 0, linkSync: 1, lutimesSync: 0, mkdirSync: 0, mkdtempSync: 0, mkdtempDisposableSync: 0, renameSync: 1, rmSync: 0, rmdirSync: 0, symlinkSync: 1,
  truncateSync: 0, unlinkSync: 0, utimesSync: 0, writeFileSync: 0,
}

const given = process.env.FIRSTNODE_FAILPOINTS
if (given !== undefined) {
  delete process.env.FIRSTNODE_FAILPOINTS
  await arm(JSON.parse(given) as Failpoints)
}

type Call = (...args: unknown[]) => unknown

async function arm({ under, what, at = -1, code = 'EIO', log, keys = [] }: Failpoints): Promise<void> {
  const { appendFileSync, readlinkSync } = fs
  const paths = new WeakMap<object, string>()
  let count = 0

  const real = (path: string): string => {
    const relative = /^\/proc\/self\/fd\/(\d+)(\/.*)?$/.exec(path)
    return relative === null ? path : `${readlinkSync(`/proc/self/fd/${relative[1] ?? ''}`)}${relative[2] ?? ''}`
  }
  const meet = (kind: Kind, call: string, given: string): void => {
    const path = real(given)
    if (!under.some((folder) => path === folder || path.startsWith(`${folder}/`))) return
    const isCounted = what === 'fail' || kind === 'change'
    if (what !== null && !isCounted) return
    const number = count++
    appendFileSync(log, `${kind} ${call} ${path}\n`)
    if (number !== at) return
    if (what === 'kill') {
      process.kill(process.pid, 'SIGKILL')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    }
    throw Object.assign(new Error(`${code}: made to fail, ${call} '${given}'`), { errno: -(constants.errno as Record<string, number>)[code]!, code, syscall: call, path: given })
  }

  const promises = fs.promises as unknown as Record<string, Call>
  for (const [name, told] of Object.entries(promiseCalls)) {
    const call = promises[name]
    if (told === null || call === undefined) continue
    const [kind, path] = told
    promises[name] = async (...args) => {
      meet(name === 'open' && makes(args[1]) ? 'change' : kind, name, String(args[path]))
      const answer = await call.apply(fs.promises, args)
      if (name === 'open') paths.set(answer as object, real(String(args[0])))
      return answer
    }
  }
  const handle = await (promises.open as unknown as typeof fs.promises.open)('/dev/null')
  const prototype = Object.getPrototypeOf(handle) as Record<string, Call>
  await handle.close()
  for (const [name, kind] of Object.entries(handleCalls)) {
    const call = prototype[name]
    if (kind === null || call === undefined) continue
    prototype[name] = async function (this: object, ...args) {
      meet(kind, name, paths.get(this) ?? '')
      return call.apply(this, args)
    }
  }
  const sync = fs as unknown as Record<string, Call>
  for (const [name, path] of Object.entries(syncCalls)) {
    const call = sync[name]
    if (call === undefined) continue
    sync[name] = (...args) => {
      meet('change', name, String(args[path]))
      return call.apply(fs, args)
    }
  }
  if (keys.length > 0) takeKeys(keys)
  syncBuiltinESMExports()
}

/** Whether a call of `open` with these flags may make a file. */
function makes(flags: unknown): boolean {
  return typeof flags === 'number' ? (flags & (fs.constants.O_CREAT | fs.constants.O_TRUNC)) !== 0 : typeof flags === 'string' && /[wa]/.test(flags)
}

/** Four keys of 4096 bits take seconds; what is tested here does not depend on their size. */
function takeKeys(keys: readonly string[]): void {
  let next = 0
  const one = (): { publicKey: crypto.KeyObject; privateKey: crypto.KeyObject } => {
    const privateKey = crypto.createPrivateKey(keys[next++ % keys.length] ?? '')
    return { publicKey: crypto.createPublicKey(privateKey), privateKey }
  }
  const made = (_type: unknown, _options: unknown, done: (error: null, publicKey: crypto.KeyObject, privateKey: crypto.KeyObject) => void): void => {
    const { publicKey, privateKey } = one()
    done(null, publicKey, privateKey)
  }
  Object.assign(crypto, { generateKeyPair: Object.assign(made, { [promisify.custom]: () => Promise.resolve(one()) }) })
}
