import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { endOfFile } from '../engine/host/end-of-file.ts'
import { withoutSecrets } from '../engine/host/without-secrets.ts'

/** A file of the log is put aside when it is as large as this, in bytes; so many are kept beside the newest. */
const mostBytes = 512 * 1024
const kept = 2
/** What a report gets of it, in bytes from the end. */
const newestBytes = 32 * 1024

/** The log of the application itself. Whoever writes into it names what happened, never what somebody typed; what an error quotes all the same is masked. */
export interface AppLog {
  readonly folder: string
  note(line: string): void
  /** Its newest lines; empty where it cannot be read. */
  newest(): Promise<string>
  /** Resolves when all that was noted is written. */
  written(): Promise<void>
}

/** Writes into `folder`/firstnode.log, line after line; a log that cannot be written ends nothing. */
export function createAppLog(folder: string, { now = () => new Date(), most = mostBytes }: { now?: () => Date; most?: number } = {}): AppLog {
  const file = join(folder, 'firstnode.log')
  let last: Promise<unknown> = mkdir(folder, { recursive: true }).catch(() => undefined)
  return {
    folder,
    note(line) {
      const text = `${now().toISOString()} ${withoutSecrets(line).replaceAll(/\r?\n/g, '\n    ')}\n`
      last = last
        .then(() => rotate(folder, most))
        .then(() => appendFile(file, text, { mode: 0o600 }))
        .catch(() => undefined)
    },
    async newest() {
      await last
      return endOfFile(file, newestBytes).catch(() => '')
    },
    async written() {
      await last
    },
  }
}

async function rotate(folder: string, most: number): Promise<void> {
  const name = (number: number) => join(folder, number === 0 ? 'firstnode.log' : `firstnode.${number}.log`)
  const { size } = await stat(name(0)).catch(() => ({ size: 0 }))
  if (size < most) return
  for (let number = kept; number > 0; number--) await rename(name(number - 1), name(number)).catch(() => undefined)
}
