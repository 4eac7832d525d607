import type { Assessment, DiskView } from './assess.ts'
import { Problem } from '../../shared/problems/problem.ts'
import { codeOf, isMissing } from './disk-problem.ts'
import { readdir } from './disk.ts'
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

type PutBackStep =
  | { readonly kind: 'moved'; readonly from: string; readonly to: string }
  | { readonly kind: 'gone'; readonly place: string }
  | { readonly kind: 'back'; readonly place: string; readonly kept: string }

/** Where on the disk lies what will stand at a place; or that it will be gone, or back from what was kept under a name. */
type Foreseen = { readonly lies: string } | { readonly kept: string } | 'gone'

/**
 * The disk as it will be while steps are put back from the last to the first: what is removed on the way is gone, what was renamed is
 * found where it lies now, what was replaced is what was kept of it. So every refusal is known before the first deed. One lies over another where
 * several plans are put back.
 */
export class ForeseenPutBack implements DiskView {
  readonly #disk: DiskView
  readonly #beside: string
  /** the newest first */
  readonly #steps: PutBackStep[] = []

  constructor(disk: DiskView, journalId: string) {
    this.#disk = disk
    this.#beside = `.firstnode-${journalId}-`
  }

  async entry(place: string): Promise<Entry> {
    const now = this.#now(place)
    if (now === 'gone') return absent
    return 'kept' in now ? this.#disk.kept(now.kept) : this.#disk.entry(now.lies)
  }

  async names(place: string): Promise<readonly string[]> {
    const now = this.#now(place)
    if (now === 'gone' || 'kept' in now) return []
    const names = await this.#disk.names(now.lies)
    return names.filter((name) => !name.startsWith(this.#beside) && this.#now(`${place}/${name}`) !== 'gone')
  }

  kept(name: string): Promise<Entry> {
    return this.#disk.kept(name)
  }

  async content(place: string): Promise<Uint8Array> {
    const now = this.#now(place)
    if (now === 'gone') return new Uint8Array()
    return 'kept' in now ? this.#disk.keptContent(now.kept) : this.#disk.content(now.lies)
  }

  keptContent(name: string): Promise<Uint8Array> {
    return this.#disk.keptContent(name)
  }

  /** Takes it that `step` is put back as assessed. */
  putBack(step: JournalStep, { verdict }: Assessment): void {
    if (verdict !== 'restore' && verdict !== 'rewritten') return
    if (step.kind === 'rename') this.#steps.unshift({ kind: 'moved', from: step.from, to: step.to })
    else if (step.kind === 'create-directory' || (step.kind === 'write' && step.before === null)) this.#steps.unshift({ kind: 'gone', place: step.place })
    else if (step.before !== null) this.#steps.unshift({ kind: 'back', place: step.place, kept: step.before.name })
  }

  #now(place: string): Foreseen {
    let lies = place
    for (const step of this.#steps) {
      if (step.kind !== 'moved') {
        if (isWithin(step.place, lies)) return step.kind === 'gone' ? 'gone' : { kept: step.kept }
      } else if (isWithin(step.from, lies)) lies = step.to + lies.slice(step.from.length)
      else if (isWithin(step.to, lies)) return 'gone'
    }
    return { lies }
  }
}

const isWithin = (place: string, inside: string): boolean => inside === place || inside.startsWith(`${place}/`)

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
    // A disk that fails may say ELOOP of what is there: only a folder on the way that is a link is none.
    const isGone = (thrown instanceof Problem && thrown.code === 'not_a_folder') || (isMissing(thrown) && codeOf(thrown) !== 'ELOOP')
    if (isGone) return otherwise
    throw thrown
  })
}
