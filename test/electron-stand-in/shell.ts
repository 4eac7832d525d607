import type { Shell } from 'electron'
import { strict } from './strict.ts'

/** What was asked of the desktop, in order: nothing is ever really opened. */
const recorded: { readonly what: 'openExternal' | 'showItemInFolder' | 'openPath' | 'beep'; readonly about: string }[] = []

const members = {
  openExternal: (url: string) => {
    recorded.push({ what: 'openExternal', about: url })
    return Promise.resolve()
  },
  showItemInFolder: (path: string) => void recorded.push({ what: 'showItemInFolder', about: path }),
  openPath: (path: string) => {
    recorded.push({ what: 'openPath', about: path })
    return Promise.resolve('')
  },
  beep: () => void recorded.push({ what: 'beep', about: '' }),
} satisfies Pick<Shell, 'openExternal' | 'showItemInFolder' | 'openPath' | 'beep'>

export const shell = strict('shell', { ...members, recorded })
