import type { WebContents, WebFrameMain } from 'electron'
import type { Session } from './cdp.ts'
import { preventable } from './emitter.ts'
import { guardRequests } from './navigation-gate.ts'
import { mayUse } from './permissions.ts'
import { shell } from './shell.ts'

interface Leaving {
  readonly contents: WebContents
  readonly main: string
  frame(id: string): WebFrameMain
  /** Did the application itself go there? */
  isOwn(url: string): boolean
  tell(event: string, ...args: unknown[]): void
}

interface Asked { readonly url: string; readonly frameId: string; readonly isMainFrame: boolean }

/** Asks the application wherever a page of its own accord goes somewhere: `will-navigate`, `will-frame-navigate`, `will-redirect`. */
export function askAboutNavigations(session: Session, leaving: Leaving): void {
  guardRequests(session, {
    mainFrame: leaving.main,
    isOwn: (url) => leaving.isOwn(url),
    mayNavigate: (asked) => mayNavigate(leaving, asked),
    mayRedirect: (asked) => {
      const event = navigation(leaving, asked)
      leaving.tell('will-redirect', event, asked.url, false, asked.isMainFrame, 1, 1)
      return !event.defaultPrevented
    },
  })
  session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
    if (disposition === 'currentTab' && !/^(https?|about|javascript|data|blob):/.test(url)) void leaveChromium(leaving, url, frameId)
  })
}

function mayNavigate(leaving: Leaving, asked: Asked): boolean {
  const event = navigation(leaving, asked)
  leaving.tell('will-frame-navigate', event)
  if (asked.isMainFrame && !event.defaultPrevented) leaving.tell('will-navigate', event, asked.url, false, true, 1, 1)
  return !event.defaultPrevented
}

/** An address that is no page (mailto:, another program's): asked about like any, then left to the desktop. */
async function leaveChromium(leaving: Leaving, url: string, frameId: string): Promise<void> {
  const allowed = mayNavigate(leaving, { url, frameId, isMainFrame: frameId === leaving.main })
  if (!allowed || url.startsWith('file:')) return
  if (await mayUse({ contents: leaving.contents, permission: 'openExternal', url: leaving.contents.getURL(), asking: true })) await shell.openExternal(url)
}

function navigation(leaving: Leaving, { url, frameId, isMainFrame }: Asked) {
  return preventable({ url, isSameDocument: false, isMainFrame, frame: leaving.frame(frameId), initiator: leaving.frame(frameId) })
}
