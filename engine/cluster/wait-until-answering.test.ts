import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { callOnce } from './try-it.ts'
import { waitUntilAnswering } from './wait-until-answering.ts'

/** A port that was free a moment ago. */
async function nothingThere(): Promise<string> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return `https://127.0.0.1:${port}`
}

const asked = { caPem: '', password: new Secret('x') }

test('a node that ended is not waited for: its own reason is told', async () => {
  const died = (): Promise<ReturnType<typeof problem>> => Promise.resolve(problem('runs_as_root', {}))
  await expect(waitUntilAnswering({ ...asked, url: await nothingThere(), died })).rejects.toMatchObject({ code: 'runs_as_root' })
})

test('where nothing ever answers it gives up and says what it met', async () => {
  await expect(waitUntilAnswering({ ...asked, url: await nothingThere(), forMs: 300 })).rejects.toMatchObject({
    code: 'not_answering',
    message: expect.stringContaining('nothing listens there'),
  })
})

test('an abort ends the waiting at once', async () => {
  const controller = new AbortController()
  const waiting = waitUntilAnswering({ ...asked, url: await nothingThere(), signal: controller.signal })
  controller.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' })
})

test('a server without TLS is told as that, at once', async () => {
  const server = createServer((_, response) => response.end('hello'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    await expect(waitUntilAnswering({ ...asked, url })).rejects.toMatchObject({ code: 'tls_off' })
    await expect(callOnce({ ...asked, url, caPath: 'ca', user: 'elastic' })).rejects.toMatchObject({ code: 'tls_off' })
    await expect(callOnce({ ...asked, url: url.replace('https', 'http'), caPath: 'ca', user: 'elastic' })).rejects.toMatchObject({ code: 'tls_off' })
  } finally {
    await new Promise((done) => server.close(done))
  }
})
