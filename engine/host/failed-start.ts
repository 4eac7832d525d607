import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { endOfFile } from './end-of-file.ts'

const linesKept = 60
const bytesRead = 64 * 1024
/** A line of a log that is longer holds a whole configuration. */
const longestLine = 400

/** The newest log of a start that failed, as Firstnode keeps them in `state` (see engine/setup/keep-log.ts): its name and last lines; null where none did. */
export async function newestFailedStart(state: string): Promise<{ name: string; lines: string[] } | null> {
  const folder = join(state, 'failed-starts')
  // Their names begin with the moment, so the last one is the newest.
  const name = (await readdir(folder).catch((): string[] => [])).toSorted().at(-1)
  if (name === undefined) return null
  const text = await endOfFile(join(folder, name), bytesRead).catch(() => null)
  return text === null ? null : { name, lines: newestLines(text, linesKept) }
}

/** The last lines of a text, at most `most`, each cut where it is too long to be read. */
export function newestLines(text: string, most: number): string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n').filter((line) => line.trim() !== '')
  return lines.slice(-most).map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
}
