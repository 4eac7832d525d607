import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { servedCertificate } from '../../../engine/certificates/served-certificate.ts'
import { decodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freePorts } from '../../support/free-ports.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { nodesOf, tokenOf } from '../enroll/tokens.ts'
import { clientOf, isOfAbsentNode } from './client-loop.ts'

const slow = 1_800_000
const homes: FreshHome[] = []
let up: UpResult
let third: FreshHome
let thirdBefore: readonly string[]

const call = ({ home, java }: FreshHome, ...args: string[]): Promise<Ended> =>
  firstnode([...args, '--home', home, '--yes', '--json'], { java })
const caOf = ({ home }: FreshHome): Promise<string> => readFile(join(home, 'config', 'certs', 'http_ca.crt'), 'utf8')
const urlOf = async ({ home }: FreshHome): Promise<string> => {
  const yml = await readFile(join(home, 'config', 'elasticsearch.yml'), 'utf8')
  return `https://localhost:${/^http\.port: (\d+)$/m.exec(yml)?.[1]}`
}

async function joined(name: string, token: string): Promise<FreshHome> {
  const fresh = await freshHome('9.4.3')
  homes.push(fresh)
  third = fresh
  thirdBefore = await folderTree(fresh.home)
  const args = ['join', '--home', fresh.home, '--heap', '512m', '--node-name', name, '--json', '--token-stdin']
  const ended = await firstnode(args, { java: fresh.java, stdin: token })
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  return fresh
}

async function renewedAt(fresh: FreshHome, ...args: string[]): Promise<string> {
  const ended = await call(fresh, 'renew', ...args)
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
  'clients lose no request while leaf and CA are renewed on each of three nodes; the nodes that are left are named, a token made afterwards works, and renewal and join are undone one after the other',
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

    const { caFingerprint } = json(await call(alpha, 'show')) as { caFingerprint?: string }
    const token = await tokenOf({ ...up, caFingerprint: caFingerprint ?? null })
    expect(decodeEnrollmentToken(token).fgr).toBe(caFingerprint)
    const gamma = await joined('gamma', token)
    expect(await caOf(gamma)).toBe(renewed)
    const gammaServed = await servedCertificate(await urlOf(gamma))
    await renewedAt(gamma)
    expect(await renewedAt(gamma, '--ca')).toMatch(/Still with the old CA certificate: alpha \(.*\), beta \(.*\)\./)
    const counted = await Promise.all(clients.map((client) => client.stop()))
    process.stdout.write(
      `\nrequests on three nodes: ${counted.map(({ sent, lost }) => `${sent} sent, ${lost.length} lost`).join('; ')}\n`,
    )
    expect(counted.map(({ lost }) => lost.filter((why) => !isOfAbsentNode(why)))).toEqual([[], []])

    for (const _ of [1, 2]) expect((await call(gamma, 'renew', '--undo')).code).toBe(0)
    expect(await caOf(gamma)).toBe(renewed)
    await expect
      .poll(async () => (await servedCertificate(await urlOf(gamma)))?.equals(gammaServed ?? Buffer.alloc(0)), {
        timeout: 60_000,
      })
      .toBe(true)
    await renewedAt(gamma)
    const undone = await call(gamma, 'undo')
    expect({ code: undone.code, err: undone.err }).toMatchObject({ code: 0 })
    expect(await folderTree(third.home)).toEqual(thirdBefore)
    const known = { ...up, caCertificate: join(alpha.home, 'config', 'certs', 'http_ca.crt') }
    expect(await nodesOf(known)).toEqual(['alpha', 'beta'])
  },
  slow,
)
