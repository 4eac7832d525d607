import { networkInterfaces } from 'node:os'
import type { Interfaces } from '../setup/url-host.ts'

/** Whether only the machine itself reaches this host: `localhost`, 127.0.0.0/8, ::1. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.startsWith('127.') || host === '::1' || host === '0:0:0:0:0:0:0:1' || /^::ffff:127\./i.test(host)
}

/** Whether it is this machine: loopback, or an address of one of its interfaces. */
export function isThisMachine(host: string, interfaces: Interfaces = networkInterfaces()): boolean {
  const bare = host.replace(/%.*$/, '').toLowerCase()
  return isLoopback(bare) || Object.values(interfaces).some((addresses) => addresses?.some(({ address }) => address.toLowerCase() === bare))
}
