import type { BridgeEnd } from './bridge.ts'

export interface PageAsks {
  /** Whether the page may have what it asks for, by the handlers of the session. */
  permission(name: string, asking: boolean): Promise<boolean>
  /** A window that the page wants opened. */
  openWindow(url: string, frameName: string, features: string): void
  readClipboard(): Promise<string>
  writeClipboard(text: string): Promise<void>
}

/**
 * What the stand-in changes in the page's own world, before the page's first script: what the preload exposes appears, and what Electron asks
 * its permission handlers or its window-open handler about is asked. Sent into pages as source: it uses nothing from outside.
 */
export function mainWorld(bridge: BridgeEnd, config: { readonly nodeInPage: boolean; readonly secret: string }): void {
  if (window !== window.top) return
  let asks: PageAsks | null = null
  bridge.onExposed((key, value) => {
    if (key === config.secret) {
      asks = value as PageAsks
      return
    }
    if (Object.hasOwn(window, key)) throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`)
    Object.defineProperty(window, key, { value, enumerable: true, writable: false, configurable: false })
  })

  if (config.nodeInPage) {
    const requires = (name: string) => {
      throw new Error(`The stand-in for Electron marks a page with Node in it by this function; it gives no ${name}.`)
    }
    Object.assign(window, { require: requires, process: { type: 'renderer', versions: { node: '24.0.0' } }, module: { exports: {} } })
  }

  const denied = (what: string) => new DOMException(`${what} was denied.`, 'NotAllowedError')
  const allowed = (name: string, asking = true) => (asks === null ? Promise.resolve(true) : asks.permission(name, asking))

  window.open = (url, target, features) => {
    asks?.openWindow(url === undefined || url === '' ? 'about:blank' : new URL(url, location.href).href, target ?? '', features ?? '')
    return null
  }
  window.addEventListener('click', opens)
  window.addEventListener('auxclick', opens)
  function opens(event: MouseEvent): void {
    const link = event.composedPath().find((one): one is HTMLAnchorElement => one instanceof HTMLAnchorElement && one.href !== '')
    if (link === undefined || event.defaultPrevented || event.button > 1) return
    const elsewhere = link.target !== '' && !['_self', '_top', '_parent'].includes(link.target)
    if (!elsewhere && event.button !== 1 && !event.ctrlKey && !event.metaKey && !event.shiftKey) return
    event.preventDefault()
    asks?.openWindow(link.href, link.target === '_blank' ? '' : link.target, '')
  }

  const request = Notification.requestPermission.bind(Notification)
  Notification.requestPermission = async (callback) => {
    const granted = await allowed('notifications')
    const result = granted ? await request() : 'denied'
    callback?.(result)
    return result
  }
  const query = navigator.permissions.query.bind(navigator.permissions)
  navigator.permissions.query = async (wanted) => {
    const name = wanted.name as string
    await allowed(name === 'clipboard-write' ? 'clipboard-sanitized-write' : name, false)
    return query(wanted)
  }
  if ('mediaDevices' in navigator) {
    const media = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (!(await allowed('media'))) throw denied('Permission')
      return media(constraints)
    }
  }
  const locate = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation)
  navigator.geolocation.getCurrentPosition = (success, failure, options) => {
    void allowed('geolocation').then(() => locate(success, failure, options))
  }
  if ('clipboard' in navigator) {
    navigator.clipboard.readText = async () => {
      if (!(await allowed('clipboard-read')) || asks === null) throw denied('Read permission')
      return asks.readClipboard()
    }
    navigator.clipboard.writeText = async (text) => {
      if (!(await allowed('clipboard-sanitized-write')) || asks === null) throw denied('Write permission')
      return asks.writeClipboard(text)
    }
  }
}
