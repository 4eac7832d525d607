import type { Session as ElectronSession, WebContents } from 'electron'
import { chromium } from './stand-in-state.ts'
import { toChromium } from './protocol.ts'

export type RequestHandler = NonNullable<Parameters<ElectronSession['setPermissionRequestHandler']>[0]>
export type CheckHandler = NonNullable<Parameters<ElectronSession['setPermissionCheckHandler']>[0]>

let onRequest: RequestHandler | null = null
let onCheck: CheckHandler | null = null

export const permissionHandlers = {
  setPermissionRequestHandler: (handler: RequestHandler | null) => void (onRequest = handler),
  setPermissionCheckHandler: (handler: CheckHandler | null) => void (onCheck = handler),
} satisfies Pick<ElectronSession, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>

const chromiumNames: Readonly<Record<string, readonly string[]>> = {
  notifications: ['notifications'],
  geolocation: ['geolocation'],
  media: ['camera', 'microphone'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
}

/**
 * May the page use what it asks for? By the application's handlers, and as in Electron: yes, where it has set none. Chromium is told, so that
 * what the page then does ends as the handler said.
 */
export async function mayUse(asked: { contents: WebContents; permission: string; url: string; asking: boolean }): Promise<boolean> {
  const { contents, permission, url, asking } = asked
  const origin = /^[^/]*\/\/[^/]*/.exec(url)?.[0] ?? url
  const details = { isMainFrame: true, requestingUrl: url }
  const checked = onCheck === null || onCheck(contents, permission as Parameters<CheckHandler>[1], origin, details)
  const granted = asking ? await requested(contents, permission, details) : checked
  const browser = await chromium
  const setting = granted ? 'granted' : 'denied'
  await Promise.all((chromiumNames[permission] ?? []).map((name) => browser.send('Browser.setPermission', { permission: { name }, setting, origin: new URL(toChromium(url)).origin }).catch(() => undefined)))
  return granted
}

function requested(contents: WebContents, permission: string, details: object): Promise<boolean> {
  const handler = onRequest
  if (handler === null) return Promise.resolve(true)
  return new Promise((resolve) => handler(contents, permission as Parameters<RequestHandler>[1], resolve, details as Parameters<RequestHandler>[3]))
}
