import type { WebContents } from 'electron'
import type { Session } from './cdp.ts'
import { clipboard } from './clipboard.ts'
import { allIpc, type StandInIpc } from './ipc.ts'
import { portOf } from './message-ports.ts'
import type { PageFrames } from './page-frames.ts'
import { PageLine } from './page-line.ts'
import { mayUse } from './permissions.ts'
import { strict } from './strict.ts'

interface Receiver {
  readonly contents: WebContents
  readonly ipc: StandInIpc
  readonly frames: PageFrames
  openWindow(url: string, frameName: string, features: string): void
  preloadFailed(error: Error): void
}

/** Takes what a page says: to `ipcMain` and to its own `ipc`, and what its scripts ask of the stand-in itself. */
export function connectPage(session: Session, to: Receiver): PageLine {
  return new PageLine(session, '__standInTell', {
    mainFrame: to.frames.main,
    received: ({ channel, args, ports, href }) => {
      const event = messageEvent(to, href, ports.map(portOf))
      to.ipc.emit(channel, event, ...args)
      allIpc.emit(channel, event, ...args)
    },
    invoked: ({ channel, args, href }) => {
      const event = messageEvent(to, href, [])
      return to.ipc.answer(channel, event, args) ?? allIpc.answer(channel, event, args) ?? Promise.reject(new Error(`No handler registered for '${channel}'`))
    },
    asked: async (what, data, href) => {
      const [first = '', second = '', third = ''] = data
      if (what === 'window') return to.openWindow(first, second, third)
      if (what === 'readClipboard') return clipboard.readText()
      if (what === 'writeClipboard') return clipboard.writeText(first)
      return mayUse({ contents: to.contents, permission: first, url: href, asking: what === 'permission' })
    },
    preloadFailed: (error) => to.preloadFailed(error),
  })
}

function messageEvent({ contents, frames }: Receiver, href: string, ports: readonly object[]): object {
  return strict('IpcMainEvent', {
    type: 'frame',
    sender: contents,
    senderFrame: frames.frame(frames.main, href),
    processId: 1,
    frameId: 1,
    ports,
    reply: (channel: string, ...args: unknown[]) => contents.send(channel, ...args),
  })
}
