import { dirname, join, relative, sep } from 'node:path'
import { codeOf } from './disk-problem.ts'
import { lstat } from './disk.ts'
import type { Change } from './plan.ts'

/** What will stand at a path: nothing, a folder made by the plan, a file written by it, or what lies at `path` on the disk now. */
export type Foreseen = { readonly kind: 'absent' } | { readonly kind: 'directory' } | { readonly kind: 'written'; readonly content: Uint8Array } | { readonly kind: 'disk'; readonly path: string }

/** The disk as it will be after the changes so far, without touching it: a later change of a plan may build on an earlier one. */
export class ForeseenDisk {
  readonly #known = new Map<string, Foreseen>()

  /** What will stand at `path`; where that is on the disk already, `disk` with the path it lies at now. */
  async at(path: string): Promise<Foreseen> {
    const found = this.#lookUp(path)
    if (found.kind !== 'disk') return found
    return (await exists(found.path)) ? found : { kind: 'absent' }
  }

  async make(change: Change): Promise<void> {
    switch (change.kind) {
      case 'create-directory':
        this.#put(change.path, { kind: 'directory' })
        break
      case 'write':
        this.#put(change.path, { kind: 'written', content: change.content })
        break
      case 'delete':
        this.#put(change.path, { kind: 'absent' })
        break
      case 'rename':
        await this.#move(change.from, change.to)
        break
    }
  }

  async #move(from: string, to: string): Promise<void> {
    const moved = [...this.#known].filter(([path]) => isBelow(from, path))
    const found = await this.at(from)
    this.#put(to, found)
    for (const [path, entry] of moved) this.#known.set(join(to, relative(from, path)), entry)
    this.#put(from, { kind: 'absent' })
  }

  #put(path: string, entry: Foreseen): void {
    for (const known of this.#known.keys()) if (isBelow(path, known)) this.#known.delete(known)
    this.#known.set(path, entry)
  }

  #lookUp(path: string): Foreseen {
    const known = this.#known.get(path)
    if (known !== undefined) return known
    const parent = dirname(path)
    if (parent === path) return { kind: 'disk', path }
    const around = this.#lookUp(parent)
    return around.kind === 'disk' ? { kind: 'disk', path: join(around.path, relative(parent, path)) } : { kind: 'absent' }
  }
}

const isBelow = (folder: string, path: string): boolean => path.startsWith(folder + sep)

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return false
      throw thrown
    },
  )
}
