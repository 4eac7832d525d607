import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { fingerprintOf } from '../../../engine/security/certificates.ts'
import { decodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { tokenOf } from '../enroll/tokens.ts'
import { clientOf } from './client-loop.ts'

const slow = 1_800_000
const homes: FreshHome[] = []
let up: UpResult

const call = ({ home, java }: FreshHome, ...args: string[]): Promise<Ended> =>
  firstnode([...args, '--home', home, '--json'], { java })
const caOf = ({ home }: FreshHome): Promise<string> => readFile(join(home, 'config', 'certs', 'http_ca.crt'), 'utf8')
const urlOf = async ({ home }: FreshHome): Promise<string> => {
  const yml = await readFile(join(home, 'config', 'elasticsearch.yml'), 'utf8')
  return `https://localhost:${/^http\.port: (\d+)$/m.exec(yml)?.[1]}`
}

async function joined(name: string, token: string): Promise<FreshHome> {
  const fresh = await freshHome('9.4.3')
  homes.push(fresh)
  const args = ['join', '--home', fresh.home, '--heap', '512m', '--node-name', name, '--json', '--token-stdin']
  const ended = await firstnode(args, { java: fresh.java, stdin: token })
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  return fresh
}

async function renewedAt(fresh: FreshHome, ...args: string[]): Promise<string> {
  const ended = await call(fresh, 'renew', '--yes', ...args)
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  return (json(ended) as { sentences: string[] }).sentences.join(' ')
}

beforeAll(async () => {
  const first = await freshHome('9.4.3')
  homes.push(first)
  const { http, transport } = await freePorts()
  const ports = ['--http-port', String(http), '--transport-port', String(transport)]
  const args = ['up', '--home', first.home, ...ports, '--heap', '512m', '--node-name', 'alpha', '--json']
  up = json(await firstnode(args, { java: first.java })) as UpResult
  await joined('beta', await tokenOf(up))
}, slow)
afterAll(async () => {
  for (const { home, java } of homes) await firstnode(['stop', '--home', home], { java })
  await Promise.all(homes.map((fresh) => fresh.remove()))
}, slow)

test(
  'clients lose no request while leaf and CA are renewed on a first node and one that joined; the nodes that are left are named, a token made afterwards has the new fingerprint, and the joined node is put back',
  async () => {
    const [alpha, beta] = homes
    if (alpha === undefined || beta === undefined) throw new Error('two nodes were to run')
    const old = await caOf(alpha)
    const password = new Secret(up.password ?? '')
    const clients = [clientOf({ url: up.url, caPem: old, password }, false)]
    clients.push(clientOf({ url: await urlOf(beta), caPem: old, password }, true))

    expect(await renewedAt(beta)).toContain('The node serves its new HTTP certificate')
    expect(await renewedAt(beta, '--ca')).toMatch(/Still with the old CA certificate: alpha \(\S+:\d+\)\./)
    expect(await renewedAt(alpha)).toContain('The node serves its new HTTP certificate')
    expect(await renewedAt(alpha, '--ca')).toContain('All other nodes of the cluster have the new CA certificate.')
    const renewed = await caOf(alpha)
    expect(renewed).not.toBe(old)
    expect(await caOf(beta)).toBe(renewed)

    const caFingerprint = fingerprintOf(new X509Certificate(renewed).raw)
    const token = await call(alpha, 'token', '--scope', 'node')
    expect({ code: token.code, err: token.err }).toMatchObject({ code: 0 })
    expect(decodeEnrollmentToken((json(token) as { token: string }).token).fgr).toBe(caFingerprint)
    const counted = await Promise.all(clients.map((client) => client.stop()))
    process.stdout.write(
      `\nrequests on two nodes: ${counted.map(({ sent, lost }) => `${sent} sent, ${lost.length} lost`).join('; ')}\n`,
    )
    expect(counted.map(({ lost }) => lost)).toEqual([[], []])

    for (const _ of [1, 2]) expect((await call(beta, 'renew', '--undo', '--yes')).code).toBe(0)
    expect(await caOf(beta)).toBe(old)
  },
  slow,
)
