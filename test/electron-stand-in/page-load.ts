import type { Session } from './cdp.ts'
import { preventable } from './emitter.ts'
import { showScheme } from './native-theme.ts'
import { fromChromium, toChromium } from './protocol.ts'

interface Failure { readonly code: string; readonly errno: number }
const failures: Readonly<Record<string, Failure>> = { 'net::ERR_ABORTED': { code: 'ERR_ABORTED', errno: -3 }, 'net::ERR_FAILED': { code: 'ERR_FAILED', errno: -2 } }

type Tell = (event: string, ...args: unknown[]) => void

/** What a page shows: how it is loaded, what becomes of that, its address and its title. `tell` tells the events of WebContents. */
export class PageLoad {
  readonly #session: Promise<Session>
  readonly #tell: Tell
  #url = ''
  #title = ''
  #own: string[] = []
  #loading = false
  /** what is shown instead of a page that was not reached */
  #isErrorPage = false
  #ends: { readonly url: string; resolve(): void; reject(error: Error): void } | null = null

  constructor(session: Promise<Session>, tell: Tell) {
    this.#session = session
    this.#tell = tell
  }

  get url(): string {
    return fromChromium(this.#url)
  }

  get title(): string {
    return this.#title
  }

  get isLoading(): boolean {
    return this.#loading
  }

  async begin(url: string): Promise<void> {
    this.#ends?.reject(failure('net::ERR_ABORTED', this.#url))
    const ended = new Promise<void>((resolve, reject) => (this.#ends = { url, resolve, reject }))
    ended.catch(() => undefined)
    const session = await this.#session
    const address = toChromium(url)
    this.#own.push(address)
    void showScheme(session)
    const { errorText } = await session.send('Page.navigate', { url: address })
    if (errorText !== undefined) this.#failed(errorText, url)
    return ended
  }

  async again({ crashed }: { crashed: boolean }): Promise<void> {
    const session = await this.#session
    this.#own.push(toChromium(this.#url))
    // A page that crashed has nothing to reload: it is gone to once more.
    if (crashed) await session.send('Page.navigate', { url: toChromium(this.#url) })
    else await session.send('Page.reload')
  }

  /** Did the application itself go there? Asked once for each. */
  isOwn(url: string): boolean {
    const bare = (text: string) => text.replace(/#.*$/, '')
    const at = this.#own.findIndex((one) => bare(one) === bare(url))
    if (at >= 0) this.#own.splice(at, 1)
    return at >= 0
  }

  follow(session: Session, main: string): void {
    session.on('Page.frameStartedLoading', ({ frameId }) => {
      if (frameId !== main) return
      this.#loading = true
      this.#tell('did-start-loading')
    })
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      void showScheme(session)
      this.#url = frame.url + (frame.urlFragment ?? '')
      this.#isErrorPage = frame.unreachableUrl !== undefined
      if (frame.unreachableUrl === undefined) this.#tell('did-navigate', {}, this.url, 200, 'OK')
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === main) this.#url = url
      this.#tell('did-navigate-in-page', {}, fromChromium(url), frameId === main, 1, 1)
    })
    session.on('Page.domContentEventFired', () => void this.#domReady(session))
    session.on('Page.loadEventFired', () => this.#loaded())
  }

  async #domReady(session: Session): Promise<void> {
    this.#tell('dom-ready')
    const title = await session.send('Runtime.evaluate', { expression: 'document.title', returnByValue: true }).then(({ result }) => result.value as unknown, () => null)
    if (typeof title !== 'string' || title === this.#title) return
    this.#title = title
    this.#tell('page-title-updated', preventable({}), title, true)
  }

  #loaded(): void {
    this.#loading = false
    // The empty page that a target begins with is nobody's load, however late that is told.
    if (this.#url === '' || (this.#url === 'about:blank' && this.#ends?.url !== 'about:blank')) return
    this.#tell('did-finish-load')
    this.#tell('did-stop-loading')
    // The answer to Page.navigate, which may come later than the page of an error, says how that ends.
    if (this.#isErrorPage) return
    this.#ends?.resolve()
    this.#ends = null
  }

  #failed(errorText: string, url: string): void {
    const { errno } = failures[errorText] ?? { errno: -2 }
    this.#loading = false
    this.#tell('did-fail-load', {}, errno, errorText.replace('net::', ''), url, true, 1, 1)
    this.#ends?.reject(failure(errorText, url))
    this.#ends = null
  }
}

function failure(errorText: string, url: string): Error {
  const { code, errno } = failures[errorText] ?? { code: errorText.replace('net::', ''), errno: -2 }
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url })
}
