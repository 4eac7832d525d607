import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookAtCertificates } from '../../../engine/certificates/look.ts'
import { servedCertificate } from '../../../engine/certificates/served-certificate.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { decodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import { begin, firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome } from '../../support/fresh-home.ts'
import { startStock } from '../enroll/stock-node.ts'
import { securedHome, type SecuredHome } from '../node/node-home.ts'
import { clientOf, isOfAbsentNode } from './client-loop.ts'

const slow = 900_000
const dayMs = 86_400_000
const ago = (days: number): Date => new Date(Date.now() - days * dayMs)

interface Running {
  readonly home: SecuredHome
  readonly started: StartedNode
  readonly call: (...args: string[]) => Promise<Ended>
}

async function running(version: '9.4.3' | '8.16.6', how: Parameters<typeof securedHome>[1]): Promise<Running> {
  const home = await securedHome(version, how)
  const started = await startNode({
    installation: await home.inspect(),
    heap: '512m',
    ...(home.keystorePassword === null ? {} : { keystorePassword: home.keystorePassword }),
  })
  const call = (...args: string[]): Promise<Ended> =>
    firstnode(
      [
        ...args,
        '--home',
        home.home,
        '--json',
        ...(home.keystorePassword === null ? [] : ['--keystore-password-stdin']),
      ],
      {
        java: home.java,
        ...(home.keystorePassword === null ? {} : { stdin: `${home.keystorePassword.reveal()}\n` }),
      },
    )
  return { home, started, call }
}

async function end({ home, started }: Running): Promise<void> {
  try {
    await stopNode({ installation: await home.inspect() })
    await started.letGo()
  } finally {
    await home.remove()
  }
}

describe.each(['9.4.3', '8.16.6'] as const)('a node of %s whose certificate ends in ten days', (version) => {
  let node: Running
  beforeAll(async () => {
    node = await running(version, { madeAt: ago(720) })
    const { url, caPem, password } = node.home
    await waitUntilAnswering({ url, caPem, password, died: () => node.started.died() })
  }, slow)
  afterAll(() => end(node))

  test(
    "is renewed while clients index and search: none loses a request, stock's tools work afterwards, and undo brings the old one back",
    async () => {
      const { home, call } = node
      const status = await call('status', '--certificate-days', '30')
      expect({ code: status.code, said: json(status) }).toMatchObject({
        code: 12,
        said: {
          certificates: { findings: [{ code: 'certificate_ends', command: 'renew' }], served: { asOnDisk: true } },
        },
      })
      const before = await folderTree(join(home.home, 'config', 'certs'))
      const old = await servedCertificate(home.url)
      const clients = [clientOf(home, false), clientOf(home, true)]
      const renewed = await call('renew', '--yes', '--san', 'es.example.org')
      expect({ code: renewed.code, err: renewed.err }).toMatchObject({ code: 0 })
      expect(json(renewed)).toMatchObject({
        renewed: true,
        node: 'running',
        sentences: [expect.stringContaining('The node serves its new HTTP certificate') as string],
      })
      const served = await servedCertificate(home.url)
      const undone = await call('renew', '--undo', '--yes')
      expect(undone.code).toBe(0)
      await expect
        .poll(async () => (await servedCertificate(home.url))?.equals(old ?? Buffer.alloc(0)), { timeout: 60_000 })
        .toBe(true)
      expect(await folderTree(join(home.home, 'config', 'certs'))).toEqual(before)
      expect((await call('renew', '--yes')).code).toBe(0)
      const counted = await Promise.all(clients.map((client) => client.stop()))
      process.stdout.write(
        `\nrequests during renewals on ${version}: ${counted.map(({ sent, lost }) => `${sent} sent, ${lost.length} lost`).join('; ')}\n`,
      )
      expect(counted.map(({ lost }) => lost)).toEqual([[], []])
      expect(Math.min(...counted.map(({ sent }) => sent))).toBeGreaterThan(20)
      expect(new X509Certificate(served ?? '').subjectAltName).toContain('DNS:es.example.org')
      const state = await lookAtCertificates({ home: home.home }, null)
      expect(state).toMatchObject({ served: { asOnDisk: true }, findings: [] })
      for (const scope of ['kibana', 'node'])
        expect((await home.tool('elasticsearch-create-enrollment-token', ['-s', scope])).trim()).toMatch(
          /^[A-Za-z0-9+/=_-]{80,}$/,
        )
      expect(await home.tool('elasticsearch-reset-password', ['-u', 'kibana_system', '-b', '-s'])).toMatch(/\S/)
    },
    slow,
  )

  test(
    'gets its CA again while clients that hold the old one go on; a token made afterwards names the new one, and a node of stock joins with it',
    async () => {
      const { home, call } = node
      const clients = [clientOf(node.home, false), clientOf(node.home, true)]
      const renewed = await call('renew', '--ca', '--yes')
      expect({ code: renewed.code, err: renewed.err }).toMatchObject({ code: 0 })
      const { authority } = json(renewed) as { authority: { oldFingerprint: string; newFingerprint: string } }
      expect(authority.oldFingerprint).toBe(home.caFingerprint)
      const token = (await home.tool('elasticsearch-create-enrollment-token', ['-s', 'node'])).trim()
      expect(decodeEnrollmentToken(token).fgr).toBe(authority.newFingerprint)
      const joining = await freshHome(version)
      try {
        const http = await startStock(joining, 'stock', '--enrollment-token', token)
        const held = await readFile(join(home.home, 'config', 'certs', 'http_ca.crt'), 'utf8')
        expect(await readFile(join(joining.home, 'config', 'certs', 'http_ca.crt'), 'utf8')).toBe(held)
        // A client with the old CA reaches the node that only knows the new one.
        await waitUntilAnswering({ url: `https://localhost:${http}`, caPem: home.caPem, password: null })
      } finally {
        await firstnode(['stop', '--home', joining.home], { java: joining.java })
        await joining.remove()
      }
      const counted = await Promise.all(clients.map((client) => client.stop()))
      process.stdout.write(
        `\nrequests while the CA was renewed and a node joined on ${version}: ${counted.map(({ sent, lost }) => `${sent} sent, ${lost.length} lost`).join('; ')}\n`,
      )
      expect(counted.map(({ lost }) => lost.filter((why) => !isOfAbsentNode(why)))).toEqual([[], []])
    },
    slow,
  )

  test(
    'a renewal that is cancelled while it waits for the node leaves the old keystore, and nothing unfinished',
    async () => {
      const { home } = node
      const before = await readFile(join(home.home, 'config', 'certs', 'http.p12'))
      const started = begin(['renew', '--home', home.home, '--yes'], { java: home.java })
      await expect
        .poll(async () => (await readFile(join(home.home, 'config', 'certs', 'http.p12'))).equals(before), {
          timeout: 120_000,
          interval: 20,
        })
        .toBe(false)
      started.child.kill('SIGINT')
      expect((await started.ended).code).toBe(130)
      expect(await readFile(join(home.home, 'config', 'certs', 'http.p12'))).toEqual(before)
      expect((await home.inspect()).unfinished).toBeUndefined()
    },
    slow,
  )
})

describe('a node whose certificate has ended, and whose keystore has a password', () => {
  let node: Running
  beforeAll(async () => {
    node = await running('9.4.3', { madeAt: ago(735), keystorePassword: new Secret('locked up') })
  }, slow)
  afterAll(() => end(node))

  test(
    'is renewed while it runs, and its clients come back',
    async () => {
      const { home, call } = node
      const { url, caPem, password } = home
      await expect.poll(() => servedCertificate(url), { timeout: 240_000 }).not.toBeNull()
      await expect(waitUntilAnswering({ url, caPem, password })).rejects.toMatchObject({ code: 'certificate_expired' })
      const renewed = await call('renew', '--yes')
      expect({ code: renewed.code, err: renewed.err }).toMatchObject({ code: 0 })
      await waitUntilAnswering({ url, caPem, password })
    },
    slow,
  )
})

describe('a node that does not reload files', () => {
  let node: Running
  beforeAll(async () => {
    node = await running('9.4.3', { madeAt: ago(720), settings: ['resource.reload.enabled: false'] })
  }, slow)
  afterAll(() => end(node))

  test(
    'gets its certificate on the disk, and is told to be restarted',
    async () => {
      const renewed = await node.call('renew', '--yes')
      expect({ code: renewed.code, err: renewed.err }).toMatchObject({ code: 0 })
      expect(json(renewed)).toMatchObject({
        node: 'restart',
        sentences: [expect.stringContaining('Restart the node to use it.') as string],
      })
    },
    slow,
  )
})
