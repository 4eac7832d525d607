import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import type { JoinResult } from '../../../cli/terminal/joined-page.ts'
import { begin, firstnode, json, untilSaid, type Ended, type Running } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { folderContent, folderTree } from '../../support/folder-tree.ts'
import { freshHome, practiceVersions, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { stock } from '../security/stock-tools.ts'
import { startStock } from './stock-node.ts'
import { asked, nodesOf, tokenOf, type Known } from './tokens.ts'

/** Homes of one version, each stopped and removed in the end. */
class Homes {
  readonly #made: FreshHome[] = []

  async make(version: PracticeVersion): Promise<FreshHome> {
    const fresh = await freshHome(version)
    this.#made.push(fresh)
    return fresh
  }

  async remove(): Promise<void> {
    for (const { home, java } of this.#made.toReversed()) await firstnode(['stop', '--home', home], { java })
    for (const fresh of this.#made) await fresh.remove()
  }
}

const joins = (fresh: FreshHome, token: string, ...more: string[]): Promise<Ended> => firstnode(['join', '--home', fresh.home, '--heap', '512m', '--json', '--token-stdin', ...more], { java: fresh.java, stdin: token })
const undo = ({ home, java }: FreshHome): Promise<Ended> => firstnode(['undo', '--home', home, '--yes', '--json'], { java })
const stops = async ({ home, java }: FreshHome): Promise<void> => expect(await firstnode(['stop', '--home', home], { java })).toMatchObject({ code: 0 })

function joined(ended: Ended): JoinResult {
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  return json(ended) as JoinResult
}

async function firstOfOurs(first: FreshHome): Promise<UpResult> {
  const { http, transport } = await freePorts()
  return json(await firstnode(['up', '--home', first.home, '--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--node-name', 'alpha', '--json'], { java: first.java })) as UpResult
}

/** Holds a command that joins as soon as its node starts, and waits until the cluster has taken that node in, which goes on by itself. */
async function untilTakenIn(joining: Running, up: UpResult, names: readonly string[]): Promise<void> {
  await untilSaid(joining, 'Load modules')
  joining.child.kill('SIGSTOP')
  await expect.poll(() => nodesOf(up), { timeout: 120_000 }).toEqual(names)
}

/** Nodes leave at their own pace: the cluster says when they are gone. */
const inTime = { timeout: 60_000 }

describe.each(practiceVersions)('a cluster that ours began, of Elasticsearch %s', (version) => {
  const homes = new Homes()
  let first: FreshHome
  let up: UpResult
  beforeAll(async () => {
    first = await homes.make(version)
    up = await firstOfOurs(first)
  })
  afterAll(() => homes.remove())

  test('a node of stock joins with our token', async () => {
    const theirs = await homes.make(version)
    await startStock(theirs, 'with-our-token', '--enrollment-token', await tokenOf(up))
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha', 'with-our-token'])
    await stops(theirs)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })

  test('a node of stock joins with the token that the tool of stock makes on our node', async () => {
    const theirs = await homes.make(version)
    const token = (await stock(first, 'elasticsearch-create-enrollment-token', { args: ['-s', 'node'] })).trim().split('\n').at(-1) ?? ''
    await startStock(theirs, 'with-their-token', '--enrollment-token', token)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha', 'with-their-token'])
    await stops(theirs)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })

  test('a node joins with the token that the tool of stock makes on our node, and a third one joins through it; both can be undone, one after the other', async () => {
    const [second, third] = [await homes.make(version), await homes.make(version)]
    const token = (await stock(first, 'elasticsearch-create-enrollment-token', { args: ['-s', 'node'] })).trim().split('\n').at(-1) ?? ''
    expect(joined(await joins(second, token, '--node-name', 'beta')).nodes.map(({ name }) => name)).toEqual(['alpha', 'beta'])
    expect(joined(await joins(third, await tokenOf(up, second), '--node-name', 'gamma')).nodes.map(({ name }) => name)).toEqual(['alpha', 'beta', 'gamma'])
    // Three that vote, and one that is only stopped: then two more may not go. Undone, a node gives up its vote first.
    expect(json(await undo(third))).toMatchObject({ undone: true })
    expect(json(await undo(second))).toMatchObject({ undone: true })
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })

  test('a node that holds the last copy of something is not undone, nor a first node that others joined; both go on as before', async () => {
    const second = await homes.make(version)
    const before = await folderTree(second.home)
    joined(await joins(second, await tokenOf(up), '--node-name', 'keeper'))
    const settings = { number_of_replicas: 0, 'routing.allocation.require._name': 'keeper' }
    await asked(up, up.url, (cluster) => cluster.request({ method: 'PUT', path: '/books', body: { settings }, query: { wait_for_active_shards: '1' } }))

    const held = await folderContent(join(second.home, 'config'))
    expect(json(await undo(second))).toMatchObject({ error: { code: 'undo_last_copies', message: expect.stringContaining('books') as string } })
    expect(json(await undo(first))).toMatchObject({ error: { code: 'undo_other_nodes', message: expect.stringContaining('keeper') as string } })
    expect(await folderContent(join(second.home, 'config'))).toEqual(held)
    expect(await nodesOf(up)).toEqual(['alpha', 'keeper'])

    await asked(up, up.url, (cluster) => cluster.request({ method: 'DELETE', path: '/books' }))
    expect(json(await undo(second))).toMatchObject({ undone: true })
    expect(await folderTree(second.home)).toEqual(before)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })

  test('a join that is killed before its node has run is repeated at once; one that is killed after that is taken up, and kept', async () => {
    const second = await homes.make(version)
    const killed = async (at: (joining: Running) => Promise<void>): Promise<void> => {
      const joining = begin(['join', '--home', second.home, '--heap', '512m', '--node-name', 'again', '--token-stdin'], { java: second.java, stdin: await tokenOf(up) })
      await at(joining)
      joining.child.kill('SIGKILL')
      await joining.ended
    }
    await killed((joining) => untilSaid(joining, 'Write files'))
    await killed((joining) => untilTakenIn(joining, up, ['again', 'alpha']))
    expect(await readFile(join(second.home, 'config', 'users'), 'utf8')).toContain('firstnode_')
    expect(json(await joins(second, await tokenOf(up), '--node-name', 'again'))).toMatchObject({ error: { code: 'unfinished_join' } })
    const taken = await firstnode(['up', '--home', second.home, '--json'], { java: second.java })
    expect(taken.err).toContain('was joining a cluster, and was interrupted. Firstnode continues it.')
    expect(await readFile(join(second.home, 'config', 'users'), 'utf8')).not.toContain('firstnode_')
    expect(joined(taken)).toMatchObject({ node: 'again', url: expect.any(String) as string, nodes: [{ name: 'alpha' }, { name: 'again' }].toSorted((a, b) => a.name.localeCompare(b.name)) })
    await stops(second)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })

  test('a join that is cancelled when the cluster has taken the node in already leaves the others with the votes they need, and the home as it was', async () => {
    const [second, third] = [await homes.make(version), await homes.make(version)]
    joined(await joins(second, await tokenOf(up), '--node-name', 'stays'))
    const before = await folderTree(third.home)
    const joining = begin(['join', '--home', third.home, '--heap', '512m', '--node-name', 'fleeting', '--token-stdin'], { java: third.java, stdin: await tokenOf(up) })
    await untilTakenIn(joining, up, ['alpha', 'fleeting', 'stays'])
    joining.child.kill('SIGINT')
    joining.child.kill('SIGCONT')
    expect(await joining.ended).toMatchObject({ code: 130 })
    expect(await folderTree(third.home)).toEqual(before)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha', 'stays'])
    expect(json(await undo(second))).toMatchObject({ undone: true })
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })

  test('a node that starts while the others do not answer is not admitted: that is said, and its home is byte for byte as it was', async () => {
    const second = await homes.make(version)
    const before = await folderTree(second.home)
    const joining = begin(['join', '--home', second.home, '--heap', '512m', '--node-name', 'alone', '--json', '--token-stdin'], { java: second.java, stdin: await tokenOf(up) })
    await untilSaid(joining, 'Start Java')
    const pid = up.pid ?? 0
    process.kill(pid, 'SIGSTOP')
    const ended = await joining.ended.finally(() => process.kill(pid, 'SIGCONT'))
    expect(json(ended)).toMatchObject({ error: { code: 'join_not_admitted', message: expect.stringMatching(/did not take it in within 60 s: .*\. The node was stopped, .*every file is as it was before\./) as string } })
    expect(ended.code).toBe(4)
    expect(await folderTree(second.home)).toEqual(before)
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
  })
})

describe.each(practiceVersions)('a cluster that stock began, of Elasticsearch %s', (version) => {
  const homes = new Homes()
  afterAll(() => homes.remove())

  test('ours joins with the token of stock, and another with ours made there', async () => {
    const first = await homes.make(version)
    const http = await startStock(first, 'theirs')
    const { password } = json(await firstnode(['reset-password', '--home', first.home, '--json'], { java: first.java })) as { password: string }
    const known: Known = { url: `https://localhost:${http}`, caCertificate: join(first.home, 'config', 'certs', 'http_ca.crt'), caFingerprint: null, password }
    const token = (await stock(first, 'elasticsearch-create-enrollment-token', { args: ['-s', 'node'] })).trim().split('\n').at(-1) ?? ''
    const second = await homes.make(version)
    expect(joined(await joins(second, token, '--node-name', 'ours')).nodes.map(({ name }) => name)).toEqual(['ours', 'theirs'])
    const made = json(await firstnode(['token', '--scope', 'node', '--home', first.home, '--json'], { java: first.java })) as { token: string }
    const third = await homes.make(version)
    expect(joined(await joins(third, made.token, '--node-name', 'ours-as-well')).nodes.map(({ name }) => name)).toEqual(['ours', 'ours-as-well', 'theirs'])
    expect(await nodesOf(known)).toEqual(['ours', 'ours-as-well', 'theirs'])
  })
})

describe.each(practiceVersions)('joins in a row, of Elasticsearch %s', (version) => {
  const homes = new Homes()
  afterAll(() => homes.remove())

  test('eight joins one after the other succeed, each from an untouched home', async () => {
    const first = await homes.make(version)
    const up = await firstOfOurs(first)
    for (let count = 1; count <= 8; count += 1) {
      const fresh = await homes.make(version)
      const result = joined(await joins(fresh, await tokenOf(up), '--node-name', `node-${count}`))
      expect(result.nodes.map(({ name }) => name)).toContain(`node-${count}`)
      await stops(fresh)
    }
  })
})
