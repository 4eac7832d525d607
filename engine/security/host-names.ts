import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { addressBytes, addressText } from '../network/ip-address.ts'
import { nodeHostName } from '../node/launch-environment.ts'
import type { Environment } from '../preflight/placeholders.ts'

/**
 * The names and addresses under which HTTPS on this machine is reached, as stock puts them into the certificate (AutoConfigureNode.getSubjectAltNames):
 * `localhost`, the host's name, the addresses of all interfaces with loopback and link-local; then those in `further`, each once.
 */
export async function hostNames(further: readonly string[], env: Environment = process.env, platform: NodeJS.Platform = process.platform): Promise<string[]> {
  const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => (interfaces ?? []).map(({ address }) => address))
  const host = domainToASCII(nodeHostName(env, platform))
  const hosts = host !== '' && isIP(host) === 0 ? [host] : []
  const silent = platform === 'linux' ? await silentAddresses() : []
  return unique(['localhost', ...hosts, '127.0.0.1', ...addresses, ...silent, ...further])
}

/** Addresses of interfaces that are up without a carrier (a bridge with nothing on it): Java counts them, Node leaves them out. */
async function silentAddresses(): Promise<string[]> {
  const [v4, v6] = await Promise.all(['/proc/net/fib_trie', '/proc/net/if_inet6'].map((file) => readFile(file, 'latin1').catch(() => '')))
  const local = [...(v4 ?? '').matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map((match) => match[1] ?? '')
  const six = [...(v6 ?? '').matchAll(/^([0-9a-f]{32}) /gm)].map((match) => addressText(Buffer.from(match[1] ?? '', 'hex')))
  return [...local, ...six].filter((address) => isIP(address) !== 0)
}

function unique(names: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const name of names) {
    const bytes = addressBytes(name)
    const plain = bytes === null ? name.toLowerCase() : addressText(bytes)
    if (!seen.has(plain)) seen.set(plain, plain)
  }
  return [...seen.values()]
}
