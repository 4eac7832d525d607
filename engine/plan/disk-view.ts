import { readdir } from 'node:fs/promises'
import type { Assessment, DiskView } from './assess.ts'
import { codeOf } from './disk-problem.ts'
import { absent, openToRead, readEntry, type Entry } from './entry.ts'
import { inFolder, inParent, partsOf, type Folder } from './folder.ts'
import { beforeName, type JournalStep } from './journal.ts'

/** The disk as it is. */
export function liveDisk(config: Folder, own: Folder): DiskView {
  return {
    entry: (place) => ifThere(inParent(config, place, readEntry), absent),
    names: (place) => ifThere(inFolder(config, partsOf(place), (folder) => readdir(folder.at('.'))), []),
    kept: (name) => ifThere(inFolder(own, [beforeName], (before) => readEntry(before, name)), absent),
    content: (place) => inParent(config, place, contentOf),
    keptContent: (name) => inFolder(own, [beforeName], (before) => contentOf(before, name)),
  }
}

/**
 * The disk as it will be while steps are put back from the last to the first: what is removed on the way is gone, what was renamed is
 * found where it lies now. So every refusal is known before the first deed.
 */
export class ForeseenPutBack implements DiskView {
  readonly #disk: DiskView
  readonly #beside: string
  /** both by where things lie now */
  readonly #gone = new Set<string>()
  readonly #moved: { readonly place: string; readonly now: string }[] = []

  constructor(disk: DiskView, journalId: string) {
    this.#disk = disk
    this.#beside = `.firstnode-${journalId}-`
  }

  async entry(place: string): Promise<Entry> {
    const now = this.#now(place)
    return this.#isAway(now, place) ? absent : this.#disk.entry(now)
  }

  async names(place: string): Promise<readonly string[]> {
    const names = await this.#disk.names(this.#now(place))
    return names.filter((name) => !name.startsWith(this.#beside) && !this.#isAway(`${this.#now(place)}/${name}`, `${place}/${name}`))
  }

  kept(name: string): Promise<Entry> {
    return this.#disk.kept(name)
  }

  content(place: string): Promise<Uint8Array> {
    return this.#disk.content(this.#now(place))
  }

  keptContent(name: string): Promise<Uint8Array> {
    return this.#disk.keptContent(name)
  }

  /** Takes it that `step` is put back as assessed. */
  putBack(step: JournalStep, { verdict }: Assessment): void {
    if (verdict !== 'restore' && verdict !== 'rewritten') return
    if (step.kind === 'rename') this.#moved.unshift({ place: step.from, now: this.#now(step.to) })
    else if (step.kind === 'create-directory' || (step.kind === 'write' && step.before === null)) this.#gone.add(this.#now(step.place))
  }

  #now(place: string): string {
    const moved = this.#moved.find((one) => place === one.place || place.startsWith(`${one.place}/`))
    return moved === undefined ? place : moved.now + place.slice(moved.place.length)
  }

  #isAway(now: string, place: string): boolean {
    return this.#gone.has(now) || (now === place && this.#moved.some((one) => one.now === now))
  }
}

async function contentOf(folder: Folder, name: string): Promise<Uint8Array> {
  const handle = await openToRead(folder, name)
  try {
    return await handle.readFile()
  } finally {
    await handle.close()
  }
}

async function ifThere<T>(found: Promise<T>, otherwise: T): Promise<T> {
  return found.catch((thrown: unknown) => {
    const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown
    if (codeOf(cause) === 'ENOENT') return otherwise
    throw thrown
  })
}
