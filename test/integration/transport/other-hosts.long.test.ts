import { execFile } from 'node:child_process'
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { freshHome, practiceVersions, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { lengthy } from '../../support/in-turn.ts'
import { otherHosts, type OtherHost, type OtherHosts } from '../../support/other-hosts.ts'
import { productionMachine, type ProductionMachine } from '../../support/production-machine.ts'

const execute = promisify(execFile)
const small = `${process.env.ES_JAVA_OPTS ?? ''} -Xms512m -Xmx512m`.trim()
let machine: ProductionMachine
let network: OtherHosts
const homes: FreshHome[] = []
beforeAll(async () => {
  machine = await productionMachine()
})
afterAll(() => machine.remove())
beforeEach(async () => {
  network = await otherHosts(2)
})
afterEach(async () => {
  for (const { home, java } of homes) await firstnode(['stop', '--home', home], { java })
  for (const fresh of homes.splice(0)) await fresh.remove()
  await network.remove()
})

async function homeOf(version: PracticeVersion): Promise<FreshHome> {
  const fresh = await freshHome(version)
  homes.push(fresh)
  return fresh
}

function on({ within }: OtherHost, { home, java }: FreshHome, args: readonly string[], password: string | null = null, stdin?: string, limits = machine.enough): Promise<Ended> {
  const env = { ...limits, ES_JAVA_OPTS: small, ...(password === null ? {} : { ELASTIC_PASSWORD: password }) }
  return firstnode([...args, '--home', home, '--json'], { java, within, env, ...(stdin === undefined ? {} : { stdin }) })
}

/** Starts a node by stock's own launcher with an enrollment token, and gives when that says it is up. */
async function stockJoins({ within }: OtherHost, { home, java, account }: FreshHome, token: string): Promise<void> {
  const env = { PATH: process.env.PATH, ...machine.enough, ES_JAVA_HOME: java, ES_JAVA_OPTS: small, LC_ALL: 'C.UTF-8' }
  const [program, ...words]: [string, ...string[]] = [...within, 'setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', join(home, 'bin', 'elasticsearch'), '-d', '--enrollment-token', token]
  await execute(program, words, { env, cwd: home })
}

const ymlOf = ({ home }: FreshHome): Promise<string> => readFile(join(home, 'config', 'elasticsearch.yml'), 'utf8')

async function tokenFor(host: OtherHost, first: FreshHome, password: string): Promise<string> {
  const made = await on(host, first, ['token', '--scope', 'node'], password)
  expect({ code: made.code, err: made.err }).toMatchObject({ code: 0 })
  return (json(made) as { token: string }).token
}

async function nodesOf(host: OtherHost, first: FreshHome, password: string): Promise<unknown> {
  return JSON.parse(await asked(host, first, password, '_cat/nodes?h=name,ip&s=name&format=json'))
}

/** A node that votes is missed: of three that did, one alone elects nobody. */
async function takeOutOfVote(host: OtherHost, first: FreshHome, password: string, name: string): Promise<void> {
  expect(await asked(host, first, password, `_cluster/voting_config_exclusions?node_names=${name}`, 'POST')).toBe('')
}

async function asked({ within }: OtherHost, { home }: FreshHome, password: string, path: string, method = 'GET'): Promise<string> {
  const [program, ...words]: [string, ...string[]] = [...within, 'curl', '-s', '-X', method, '--cacert', join(home, 'config', 'certs', 'http_ca.crt'), '-u', `elastic:${password}`, `https://localhost:9200/${path}`]
  return (await execute(program, words)).stdout
}

for (const version of practiceVersions) {
  lengthy(`${version}: a node of another host cannot join before transport is opened, and joins after it`, async () => {
    const [one, two] = network.hosts
    if (one === undefined || two === undefined) throw new Error('two hosts were to be made')
    const first = await homeOf(version)
    const up = await on(one, first, ['up', '--node-name', 'n1', '--heap', '512m'])
    expect({ code: up.code, err: up.err }).toMatchObject({ code: 0 })
    const password = (json(up) as UpResult).password ?? ''
    const before = await ymlOf(first)

    // Ours is refused before anything is written, and says who must open what.
    const ours = await homeOf(version)
    const ourJoin = async (limits = machine.enough): Promise<Ended> => on(two, ours, ['join', '--token-stdin', '--node-name', 'n3'], null, `${await tokenFor(one, first, password)}\n`, limits)
    const untouched = await folderTree(ours.home)
    const refused = await ourJoin()
    expect({ code: refused.code, told: json(refused) }).toMatchObject({ code: 3, told: { error: { remedy: expect.stringContaining(`firstnode open --home DIR --transport-host ${one.address}`) as string } } })
    expect(await folderTree(ours.home)).toEqual(untouched)

    // Stock writes everything, looks for the cluster at its own localhost, and never finds it.
    const lost = await homeOf(version)
    await appendFile(join(lost.home, 'config', 'elasticsearch.yml'), 'node.name: lost\n')
    await stockJoins(two, lost, await tokenFor(one, first, password)).catch(() => undefined)
    expect(await ymlOf(lost)).toMatch(/discovery\.seed_hosts: \["127\.0\.0\.1:9300"\]/)
    await expect.poll(() => readFile(join(lost.home, 'logs', 'elasticsearch.log'), 'utf8').catch(() => ''), { timeout: 120_000 }).toContain('master not discovered')
    expect(await nodesOf(one, first, password)).toMatchObject([{ name: 'n1' }])
    await firstnode(['stop', '--home', lost.home], { java: lost.java })

    const opened = await on(one, first, ['open', '--transport-host', one.address, '--yes'], password)
    expect({ code: opened.code, err: opened.err }).toMatchObject({ code: 0 })
    expect(json(opened)).toMatchObject({ transport: { published: `${one.address}:9300` } })

    const second = await homeOf(version)
    await appendFile(join(second.home, 'config', 'elasticsearch.yml'), 'node.name: n2\n')
    await stockJoins(two, second, await tokenFor(one, first, password))
    await expect.poll(() => nodesOf(one, first, password), { timeout: 120_000 }).toEqual([
      { name: 'n1', ip: one.address },
      { name: 'n2', ip: two.address },
    ])

    // Its own transport has to be open as well, and what would end its start then is known before.
    const foreseen = await ourJoin(machine.tooFew)
    expect({ code: foreseen.code, told: json(foreseen) }).toMatchObject({ code: 3, told: { error: { code: 'join_bootstrap', message: expect.stringContaining('At most 20000 files') as string } } })
    expect(await folderTree(ours.home)).toEqual(untouched)

    const joined = await ourJoin()
    expect({ code: joined.code, err: joined.err }).toMatchObject({ code: 0 })
    expect(await nodesOf(one, first, password)).toHaveLength(3)
    await takeOutOfVote(one, first, password, 'n3')
    await firstnode(['stop', '--home', ours.home], { java: ours.java })
    await expect.poll(() => nodesOf(one, first, password), { timeout: 60_000 }).toHaveLength(2)

    // Stock wrote and started this one, with transport on every address.
    const ofStock = await ymlOf(second)
    const narrowed = await on(two, second, ['open', '--transport-host', two.address, '--yes'], password)
    expect({ code: narrowed.code, err: narrowed.err }).toMatchObject({ code: 0 })
    expect(json(narrowed)).toMatchObject({ transport: { bound: [`${two.address}:9300`] }, sentences: expect.arrayContaining([expect.stringContaining('with 2 nodes')]) as string[] })
    expect(await ymlOf(second)).toBe(ofStock.replace(/^transport\.host: 0\.0\.0\.0$/m, `transport.host: ${two.address}`))
    expect(await on(two, second, ['open', '--undo', '--yes'], password)).toMatchObject({ code: 0 })
    expect(await ymlOf(second)).toBe(ofStock)
    expect(await nodesOf(one, first, password)).toHaveLength(2)

    const close = () => on(one, first, ['open', '--undo', '--yes'], password)
    const kept = await close()
    expect({ code: kept.code, told: json(kept) }).toMatchObject({ code: 3, told: { error: { code: 'transport_nodes_elsewhere', message: expect.stringContaining('n2') as string } } })
    await takeOutOfVote(one, first, password, 'n2')
    await firstnode(['stop', '--home', second.home], { java: second.java })
    await expect.poll(() => nodesOf(one, first, password), { timeout: 60_000 }).toEqual([{ name: 'n1', ip: one.address }])
    const closed = await close()
    expect({ code: closed.code, err: closed.err }).toMatchObject({ code: 0 })
    expect(await ymlOf(first)).toBe(before)
  })
}
