import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The way from a browser to the host, as a SOCKS proxy that a test breaks. */
export interface BreakableLine {
  /** for the browser's `proxy` */
  readonly proxy: { readonly server: string; readonly bypass: string }
  /** Breaks every connection; new ones are let through. */
  readonly cut: () => void
  /** Breaks every connection and refuses new ones until `up`. */
  readonly down: () => void
  readonly up: () => void
  readonly close: () => Promise<void>
}

/** Opens one on a free port of this machine. */
export async function openLine(): Promise<BreakableLine> {
  const sockets = new Set<Socket>()
  let broken = false
  const server = createServer((client) => {
    keep(client)
    if (broken) client.destroy()
    else client.once('data', () => greet(client))
  })
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  function keep(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  /** SOCKS 5 (RFC 1928) without authentication, as Chromium speaks it: it gives every address as a name. */
  function greet(client: Socket): void {
    client.write(Buffer.from([5, 0]))
    client.once('data', (request) => {
      const end = 5 + (request[4] ?? 0)
      const host = connect({ host: request.subarray(5, end).toString('latin1'), port: request.readUInt16BE(end) })
      keep(host)
      host.once('connect', () => {
        client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        client.pipe(host).pipe(client)
      })
      host.on('close', () => client.destroy())
      client.on('close', () => host.destroy())
    })
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    proxy: { server: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`, bypass: '<-loopback>' },
    cut,
    down: () => {
      broken = true
      cut()
    },
    up: () => {
      broken = false
    },
    close: async () => {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
