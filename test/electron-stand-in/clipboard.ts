import type { Clipboard } from 'electron'
import { strict } from './strict.ts'

let text = ''

/** A clipboard of this process, shared with its pages: the system's own is left alone. */
const members = {
  readText: () => Promise.resolve(text),
  writeText: (given: string) => {
    text = given
    return Promise.resolve()
  },
  clear: () => void (text = ''),
} satisfies Pick<Clipboard, 'readText' | 'writeText' | 'clear'>

export const clipboard = strict('clipboard', members)
