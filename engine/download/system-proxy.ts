import { askSystem, type Ask } from '../system/ask-system.ts'
import { isExcepted } from './proxy-variables.ts'
import { matchesHost } from './system-exceptions.ts'

/**
 * The proxy in the settings of the system (macOS, Windows) for an address; null for none. Linux has no such settings but the variables. A proxy
 * that a script chooses (PAC) is only known to a host with a browser's network in it, which then answers in place of this.
 */
export async function systemProxy(address: URL, platform: NodeJS.Platform = process.platform, ask: Ask = askSystem): Promise<string | null> {
  // As browsers do, whatever the settings say: a proxy elsewhere could not reach it.
  if (/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(address.hostname)) return null
  if (platform === 'darwin') return proxyOfMac(address, await ask('/usr/sbin/scutil', ['--proxy']).catch(() => ''))
  return platform === 'win32' ? proxyOfWindows(address, await settingsOfWindows(ask)) : null
}

/**
 * What `scutil --proxy` prints: `HTTPSEnable : 1`, `HTTPSProxy : host`, `HTTPSPort : 3128`, a list of exceptions, and whether names without a dot are one. What a
 * service alone would use stands in dictionaries of its own below, which are passed over.
 */
export function proxyOfMac(address: URL, said: string): string | null {
  const value = (name: string): string | null => new RegExp(`^  ${name} : (.+)$`, 'm').exec(said)?.[1]?.trim() ?? null
  const kind = address.protocol === 'https:' ? 'HTTPS' : 'HTTP'
  const host = value(`${kind}Proxy`)
  if (value(`${kind}Enable`) !== '1' || host === null) return null
  const exceptions = /^ {2}ExceptionsList : <array> \{([^}]*)\}/m.exec(said)?.[1] ?? ''
  const names = [...exceptions.matchAll(/^\s*\d+ : (.+)$/gm)].map(([, name = '']) => name.trim())
  const isSimple = value('ExcludeSimpleHostnames') === '1' && isWithoutDot(address)
  // A domain stands for all that lies below it, as it does in NO_PROXY.
  if (isSimple || isExcepted(address, names.join(' ')) || names.some((name) => matchesHost(address, name))) return null
  return `http://${bracketed(host)}:${value(`${kind}Port`) ?? '80'}`
}

/** What the registry says: `ProxyEnable 0x1`, `ProxyServer host:port` or `http=host:port;https=host:port`, `ProxyOverride *.local;10.*;<local>`. */
export function proxyOfWindows(address: URL, said: string): string | null {
  const value = (name: string): string | null => new RegExp(`^\\s*${name}\\s+REG_\\w+\\s+(.+?)\\s*$`, 'm').exec(said)?.[1] ?? null
  const servers = value('ProxyServer')
  if (Number(value('ProxyEnable') ?? 0) !== 1 || servers === null) return null
  const overrides = (value('ProxyOverride') ?? '').toLowerCase().split(/[;\s]+/)
  const isLocal = overrides.includes('<local>') && isWithoutDot(address)
  if (isLocal || overrides.some((one) => matchesHost(address, one))) return null
  const kind = address.protocol.slice(0, -1)
  const named = servers.includes('=') ? servers.split(/[;\s]+/).find((one) => one.toLowerCase().startsWith(`${kind}=`))?.slice(kind.length + 1) : servers
  if (named === undefined || named === '') return null
  return named.includes('://') ? named : `http://${named}`
}

const settings = 'Microsoft\\Windows\\CurrentVersion\\Internet Settings'

/** Those of whoever asks, unless a policy says that the machine has one proxy for all. */
async function settingsOfWindows(ask: Ask): Promise<string> {
  const [own, policy] = await Promise.all([`HKCU\\Software\\${settings}`, `HKLM\\Software\\Policies\\${settings}`].map((key) => ask('reg.exe', ['query', key]).catch(() => '')))
  const isForAll = /^\s*ProxySettingsPerUser\s+REG_DWORD\s+0x0\s*$/m.test(policy ?? '')
  return isForAll ? ask('reg.exe', ['query', `HKLM\\Software\\${settings}`]).catch(() => '') : (own ?? '')
}

function isWithoutDot({ hostname }: URL): boolean {
  return !hostname.includes('.') && !hostname.startsWith('[')
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}
