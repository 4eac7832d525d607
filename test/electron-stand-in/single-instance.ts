import { createHash, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync, type FSWatcher } from 'node:fs'
import { join } from 'node:path'

export interface SecondInstance {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly data: unknown
}

interface Holder { readonly pid: number; readonly start: string }

/** The lock of one user data folder across processes; what a later start says is left in the holder's in-tray. */
export class SingleInstance {
  readonly #lock: string
  readonly #tray: string
  #watching: FSWatcher | null = null

  constructor(userData: string) {
    mkdirSync(userData, { recursive: true })
    this.#lock = join(userData, 'stand-in-lock.json')
    this.#tray = join(userData, `stand-in-tray-${createHash('sha256').update(userData).digest('hex').slice(0, 8)}`)
  }

  get held(): boolean {
    return this.#watching !== null
  }

  /** True: this process is the first. False: another one is, and has been told. */
  take(asked: SecondInstance, told: (second: SecondInstance) => void): boolean {
    if (this.held) return true
    mkdirSync(this.#tray, { recursive: true })
    while (!this.#claim()) {
      const holder = this.#holder()
      if (holder !== null && startOf(holder.pid) === holder.start) {
        const name = join(this.#tray, `${process.hrtime.bigint()}-${randomUUID()}`)
        writeFileSync(`${name}.new`, JSON.stringify(asked))
        renameSync(`${name}.new`, `${name}.json`)
        return false
      }
      rmSync(this.#lock, { force: true })
    }
    for (const left of readdirSync(this.#tray)) rmSync(join(this.#tray, left), { force: true })
    this.#watching = watch(this.#tray, () => this.#read(told))
    this.#watching.unref()
    return true
  }

  release(): void {
    if (!this.held) return
    this.#watching?.close()
    this.#watching = null
    rmSync(this.#lock, { force: true })
    rmSync(this.#tray, { recursive: true, force: true })
  }

  #claim(): boolean {
    const mine = `${this.#lock}.${process.pid}`
    writeFileSync(mine, JSON.stringify({ pid: process.pid, start: startOf(process.pid) } satisfies Holder))
    try {
      linkSync(mine, this.#lock)
      return true
    } catch {
      return false
    } finally {
      rmSync(mine, { force: true })
    }
  }

  #holder(): Holder | null {
    try {
      return JSON.parse(readFileSync(this.#lock, 'utf8')) as Holder
    } catch {
      return null
    }
  }

  #read(told: (second: SecondInstance) => void): void {
    if (!this.held) return
    for (const name of readdirSync(this.#tray).sort().filter((one) => one.endsWith('.json'))) {
      const path = join(this.#tray, name)
      const second = JSON.parse(readFileSync(path, 'utf8')) as SecondInstance
      rmSync(path)
      told(second)
    }
  }
}

/** When the process began, so that another one with its number is not taken for it; '' where there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? '' : (fields[18] ?? '')
  } catch {
    return ''
  }
}
