import { readlinkSync } from 'node:fs'
import * as fs from 'node:fs/promises'
import { diskProblem } from './disk-problem.ts'

/** An opened file or directory; a call on it that fails ends with a problem, as all calls of this file. */
export type DiskHandle = fs.FileHandle

/**
 * The calls to the file system, as `node:fs/promises` has them. One that fails ends with a problem that has the path a person knows, and no other: names
 * relative to a descriptor (`/proc/self/fd/N/NAME`) mean nothing outside of this process. `codeOf` gives the system's code of such a problem.
 */
export const access = told(fs.access)
export const lchown = told(fs.lchown)
export const link = told(fs.link)
export const lutimes = told(fs.lutimes)
export const mkdir = told(fs.mkdir)
export const readFile = told(fs.readFile)
export const readlink = told(fs.readlink)
export const realpath = told(fs.realpath)
export const rename = told(fs.rename)
export const rm = told(fs.rm)
export const rmdir = told(fs.rmdir)
export const symlink = told(fs.symlink)
export const unlink = told(fs.unlink)
export const utimes = told(fs.utimes)
export const lstat = told(fs.lstat)
export const stat = told(fs.stat)
export const readdir = told(fs.readdir)

/** `pathOf` a call's failure is that of its first argument, of `symlink` that of the link. */
function told<T extends (...args: never[]) => Promise<unknown>>(call: T): T {
  const at = call === (fs.symlink as unknown) ? 1 : 0
  return ((...args: Parameters<T>) => call(...args).catch((thrown: unknown) => Promise.reject(diskProblem(thrown, realPathOf(String(args[at])))))) as unknown as T
}

/** Opens a file or directory. */
export async function open(...args: Parameters<typeof fs.open>): Promise<DiskHandle> {
  const path = String(args[0])
  const handle = await fs.open(...args).catch((thrown: unknown) => Promise.reject(diskProblem(thrown, realPathOf(path))))
  return handleOf(handle, realPathOf(path))
}

function handleOf(handle: fs.FileHandle, path: string): DiskHandle {
  return new Proxy(handle, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args)
        return answer instanceof Promise ? answer.catch((thrown: unknown) => Promise.reject(diskProblem(thrown, path))) : answer
      }
    },
  })
}

/** The path behind a name that is relative to a descriptor. */
export function realPathOf(path: string): string {
  const relative = /^\/proc\/self\/fd\/(\d+)(\/.*)?$/.exec(path)
  if (relative === null) return path
  try {
    const folder = readlinkSync(`/proc/self/fd/${relative[1] ?? ''}`).replace(/ \(deleted\)$/, '')
    return relative[2] === undefined || relative[2] === '/.' ? folder : `${folder}${relative[2]}`
  } catch {
    return relative[2]?.slice(1) ?? path
  }
}
