import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends exactly these lines to a port of this machine and reads the answer to its end: a client that, unlike fetch, lets
 * itself be told every header, twice if need be. `Connection: close` is added. Leaves where it is let onto another protocol.
 */
export async function rawRequest(port: number, lines: readonly string[], body = ''): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const close = lines.some((line) => /^connection:/i.test(line)) ? [] : ['Connection: close']
  socket.write(`${[...lines, ...length, ...close].join('\r\n')}\r\n\r\n${body}`)
  await new Promise<void>((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      // What was opened by mistake stays open until somebody leaves.
      if (Buffer.concat(chunks).toString('latin1').startsWith('HTTP/1.1 101 ')) socket.destroy()
    })
    socket.on('end', () => socket.end())
    socket.on('close', () => resolve())
    socket.on('error', reject)
  })
  return parse(Buffer.concat(chunks).toString('utf8'))
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first, ...rest] = text.slice(0, end).split('\r\n')
  const headers = rest.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const)
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(first ?? '')?.[1]), headers: Object.fromEntries(headers), body: text.slice(end + 4) }
}
