import type { CustomScheme, Protocol as ElectronProtocol } from 'electron'
import { knownOptions, NotInStandIn, strict } from './strict.ts'

type Handler = (request: Request) => Response | Promise<Response>

const schemes = new Map<string, NonNullable<CustomScheme['privileges']>>()
const handlers = new Map<string, Handler>()
/** Chromium knows the schemes it was built with only, so a page of `app://host/` is shown as one of https://host.app.stand-in.invalid/. */
const ending = 'stand-in.invalid'
let isReady = false

const members = {
  registerSchemesAsPrivileged: (customSchemes: CustomScheme[]) => {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges = {} } of customSchemes) {
      knownOptions(`privileges of the scheme ${scheme}`, privileges, ['standard', 'secure', 'supportFetchAPI', 'corsEnabled', 'stream', 'codeCache', 'bypassCSP'])
      schemes.set(scheme, privileges)
    }
  },
  handle: (scheme: string, handler: Handler) => {
    if (!isReady) throw new Error('protocol.handle: the app is not ready')
    if (handlers.has(scheme)) throw new Error('The scheme has been intercepted')
    if (/^(https?|file|data|blob)$/.test(scheme)) throw new NotInStandIn(`protocol.handle for the scheme ${scheme}`)
    const { standard = false, secure = false } = schemes.get(scheme) ?? {}
    if (!standard || !secure) throw new NotInStandIn(`protocol.handle for the scheme ${scheme} that is not registered as standard and secure`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme: string) => {
    if (!handlers.delete(scheme)) throw new Error('The scheme has not been intercepted')
  },
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
} satisfies Pick<ElectronProtocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>

export const protocol = strict('protocol', members)

export function protocolReady(): void {
  isReady = true
}

export function bypassesCsp(): boolean {
  return [...schemes.values()].some(({ bypassCSP = false }) => bypassCSP)
}

/** The address in Chromium of an address of the application. */
export function toChromium(url: string): string {
  const { scheme, host, rest } = parts(url) ?? {}
  return scheme !== undefined && (schemes.has(scheme) || handlers.has(scheme)) ? `https://${host}.${scheme}.${ending}${rest === '' ? '/' : rest}` : url
}

/** The address of the application that an address in Chromium stands for. */
export function fromChromium(url: string): string {
  const found = new RegExp(`^https://([^/?#]*)\\.([a-z][a-z0-9+-]*)\\.${ending.replace('.', '\\.')}(.*)$`).exec(url)
  return found === null ? url : `${found[2]}://${found[1]}${found[3]}`
}

/** Whether the page's `fetch` knows the scheme: that is a privilege of its own. */
export function knownToFetch(chromiumUrl: string): boolean {
  return schemes.get(new URL(fromChromium(chromiumUrl)).protocol.slice(0, -1))?.supportFetchAPI === true
}

export function isServed(chromiumUrl: string): boolean {
  return fromChromium(chromiumUrl) !== chromiumUrl
}

/** The answer of the scheme's handler, with its headers as Chromium understands them. Throws what the handler throws. */
export async function serve(asked: { url: string; method: string; headers: Readonly<Record<string, string>>; body: Buffer | null }): Promise<{ status: number; headers: { name: string; value: string }[]; body: Buffer } | null> {
  const url = fromChromium(asked.url)
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (handler === undefined) return null
  const headers = Object.entries(asked.headers).map(([name, value]): [string, string] => [name, /^(origin|referer)$/i.test(name) ? fromChromium(value) : value])
  const response = await handler(new Request(url, { method: asked.method, headers, ...(asked.body === null ? {} : { body: new Uint8Array(asked.body) }) }))
  if (!(response instanceof Response)) throw new TypeError('The handler of the protocol gave no Response.')
  return {
    status: response.status,
    headers: [...response.headers].map(([name, value]) => ({ name, value: name === 'content-security-policy' ? policyForChromium(value) : name === 'location' ? toChromium(value) : value })),
    body: Buffer.from(await response.arrayBuffer()),
  }
}

/** Sources of a policy that name our schemes. */
function policyForChromium(policy: string): string {
  return policy.replaceAll(/(?<=[\s;]|^)([a-z][a-z0-9+-]*):(\/\/([^\s;/]*)[^\s;]*)?(?=[\s;]|$)/g, (source, scheme: string, _, host?: string) => {
    if (!schemes.has(scheme)) return source
    return host === undefined ? `https://*.${scheme}.${ending}` : `https://${host}.${scheme}.${ending}`
  })
}

function parts(url: string): { scheme: string; host: string; rest: string } | null {
  const found = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url)
  return found === null ? null : { scheme: (found[1] ?? '').toLowerCase(), host: (found[2] ?? '').toLowerCase(), rest: found[3] ?? '' }
}
