import { randomInt } from 'node:crypto'
import { isPortTaken } from '../../engine/installation/ports.ts'

/**
 * Two ports that nobody listens on, for one node. Below those that systems give to outgoing connections (32768 and up on Linux, 49152 elsewhere): one of those could be taken by
 * anybody's connection before the node binds it.
 */
export async function freePorts(): Promise<{ http: number; transport: number }> {
  const http = await freePort()
  for (;;) {
    const transport = await freePort()
    if (transport !== http) return { http, transport }
  }
}

/** One such port. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = randomInt(12_000, 32_000)
    if (!(await isPortTaken(port))) return port
  }
  throw new Error('a hundred ports in a row are taken')
}
