import { askSystem, type Ask } from '../system/ask-system.ts'
import { isExcepted } from './proxy-variables.ts'

/**
 * The proxy in the settings of the system (macOS, Windows) for an address; null for none. Linux has no such settings but the variables. A proxy
 * that a script chooses (PAC) is only known to a host with a browser's network in it, which then answers in place of this.
 */
export async function systemProxy(address: URL, platform: NodeJS.Platform = process.platform, ask: Ask = askSystem): Promise<string | null> {
  if (platform === 'darwin') return proxyOfMac(address, await ask('/usr/sbin/scutil', ['--proxy']).catch(() => ''))
  if (platform === 'win32') return proxyOfWindows(address, await ask('reg.exe', ['query', 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings']).catch(() => ''))
  return null
}

/** What `scutil --proxy` prints: `HTTPSEnable : 1`, `HTTPSProxy : host`, `HTTPSPort : 3128`, and a list of exceptions. */
export function proxyOfMac(address: URL, said: string): string | null {
  const value = (name: string): string | null => new RegExp(`^\\s*${name} : (.+)$`, 'm').exec(said)?.[1]?.trim() ?? null
  const kind = address.protocol === 'https:' ? 'HTTPS' : 'HTTP'
  const exceptions = /ExceptionsList : <array> \{([^}]*)\}/.exec(said)?.[1] ?? ''
  const names = [...exceptions.matchAll(/^\s*\d+ : (.+)$/gm)].map(([, name = '']) => name.trim())
  const host = value(`${kind}Proxy`)
  if (value(`${kind}Enable`) !== '1' || host === null || isExcepted(address, names.join(' '))) return null
  return `http://${host}:${value(`${kind}Port`) ?? '80'}`
}

/** What the registry says: `ProxyEnable 0x1`, `ProxyServer host:port` or `http=host:port;https=host:port`, `ProxyOverride *.local;<local>`. */
export function proxyOfWindows(address: URL, said: string): string | null {
  const value = (name: string): string | null => new RegExp(`^\\s*${name}\\s+REG_\\w+\\s+(.+?)\\s*$`, 'm').exec(said)?.[1] ?? null
  const overrides = value('ProxyOverride') ?? ''
  const isLocal = /<local>/i.test(overrides) && !address.hostname.includes('.')
  const servers = value('ProxyServer')
  if (Number(value('ProxyEnable') ?? 0) !== 1 || servers === null || isLocal || isExcepted(address, overrides)) return null
  const kind = address.protocol.slice(0, -1)
  const named = servers.includes('=') ? servers.split(';').find((one) => one.toLowerCase().startsWith(`${kind}=`))?.slice(kind.length + 1) : servers
  if (named === undefined || named === '') return null
  return named.includes('://') ? named : `http://${named}`
}
