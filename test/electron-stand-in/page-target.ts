import type { Session } from './cdp.ts'
import { pageScripts } from './page-scripts.ts'
import { bypassesCsp } from './protocol.ts'
import { chromium } from './stand-in-state.ts'
import type { Preferences } from './web-preferences.ts'

export interface PageTarget {
  readonly id: string
  readonly session: Session
  /** name of the function by which the page tells the main process */
  readonly binding: string
}

/** Targets that windows of the application have opened; any other was opened by a page. */
export const ownTargets = new Set<string>()

/** Opens a page in Chromium that does what the preferences say. `listen` is called before anything can happen in it. */
export async function openPageTarget(asked: { preferences: Preferences; width: number; height: number; listen(session: Session, targetId: string): void }): Promise<PageTarget> {
  const { preferences, width, height } = asked
  const browser = await chromium
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true, width, height })
  ownTargets.add(targetId)
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
  const session = browser.session(sessionId)
  asked.listen(session, targetId)
  const scripts = pageScripts(preferences)
  const inWorld = scripts.world === null ? {} : { worldName: scripts.world }
  await Promise.all([
    session.send('Page.enable'),
    session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    session.send('Runtime.enable'),
    session.send('Network.enable'),
    session.send('Inspector.enable'),
    session.send('Runtime.addBinding', { name: scripts.binding, ...(scripts.world === null ? {} : { executionContextName: scripts.world }) }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, ...inWorld }),
    session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 0, mobile: false }),
    ...(bypassesCsp() || !preferences.webSecurity ? [session.send('Page.setBypassCSP', { enabled: true })] : []),
  ])
  return { id: targetId, session, binding: scripts.binding }
}
