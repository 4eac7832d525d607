import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { readMembers } from '../../../engine/cluster/members.ts'
import { nextConfig } from '../../../engine/cluster/voting.ts'
import { begin, firstnode, json, type Ended, type Running } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { folderContent, folderTree } from '../../support/folder-tree.ts'
import { freshHome, practiceVersions, type FreshHome } from '../../support/fresh-home.ts'
import { asked, nodesOf, tokenOf } from './tokens.ts'

const inTime = { timeout: 60_000 }
const exclusions = '/_cluster/voting_config_exclusions'

describe.each(practiceVersions)('the votes of a cluster of Elasticsearch %s', (version) => {
  const homes: FreshHome[] = []
  let first: FreshHome
  let second: FreshHome
  let up: UpResult
  const make = async (): Promise<FreshHome> => {
    const fresh = await freshHome(version)
    homes.push(fresh)
    return fresh
  }
  const wordsFor = async (fresh: FreshHome, name: string): Promise<string[]> => {
    const { http, transport } = await freePorts()
    return ['join', '--home', fresh.home, '--heap', '300m', '--node-name', name, '--http-port', String(http), '--transport-port', String(transport), '--json', '--token-stdin']
  }
  const joins = async (fresh: FreshHome, name: string): Promise<void> => {
    const ended = await firstnode(await wordsFor(fresh, name), { java: fresh.java, stdin: await tokenOf(up) })
    expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  }
  const undo = ({ home, java }: FreshHome): Promise<Ended> => firstnode(['undo', '--home', home, '--yes', '--json'], { java })
  const stop = ({ home, java }: FreshHome): Promise<Ended> => firstnode(['stop', '--home', home], { java })
  const members = () => asked(up, up.url, (cluster) => readMembers(cluster))
  const votes = async (): Promise<string[]> => [...(await members()).voting.config].toSorted()
  const logOf = async (fresh: FreshHome): Promise<string> => readFile(join(fresh.home, 'logs', 'elasticsearch.log'), 'utf8').catch(() => '')
  const untilLogged = async (fresh: FreshHome, words: string, joining: Running): Promise<void> => {
    await expect.poll(async () => joining.child.exitCode !== null || (await logOf(fresh)).includes(words), { timeout: 300_000, interval: 20 }).toBe(true)
  }

  beforeAll(async () => {
    ;[first, second] = [await make(), await make()]
    const { http, transport } = await freePorts()
    const args = ['up', '--home', first.home, '--http-port', String(http), '--transport-port', String(transport), '--heap', '300m', '--node-name', 'alpha', '--json']
    up = json(await firstnode(args, { java: first.java })) as UpResult
    await joins(second, 'beta')
  })
  afterAll(async () => {
    for (const fresh of homes.toReversed()) await stop(fresh)
    for (const fresh of homes) await fresh.remove()
  })

  test('a third node that is undone leaves the votes as they were: the second can be stopped, and the first goes on', async () => {
    const third = await make()
    const [before, home] = [await votes(), await folderTree(third.home)]
    await joins(third, 'gamma')
    expect(await votes()).toHaveLength(3)
    const { voting } = await members()
    expect(nextConfig(voting).toSorted()).toEqual(await votes())
    expect(json(await undo(third))).toMatchObject({ undone: true })
    expect(await votes()).toEqual(before)
    expect(await members()).toMatchObject({ exclusions: [] })
    expect(await folderTree(third.home)).toEqual(home)
    expect(await stop(second)).toMatchObject({ code: 0 })
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha'])
    expect(await firstnode(['up', '--home', second.home], { java: second.java })).toMatchObject({ code: 0 })
    await expect.poll(() => nodesOf(up), inTime).toEqual(['alpha', 'beta'])
  })

  test.each([
    ['its transport is bound', 'o.e.t.TransportService'],
    ['it has found the master', 'master node changed {previous []'],
    ['it listens for clients', 'o.e.h.AbstractHttpServerTransport'],
  ])('a join that is cancelled as soon as %s leaves the votes as they were, and the home', async (_, words) => {
    const third = await make()
    const [before, home] = [await votes(), await folderTree(third.home)]
    const joining = begin(await wordsFor(third, 'fleeting'), { java: third.java, stdin: await tokenOf(up) })
    await untilLogged(third, words, joining)
    joining.child.kill('SIGINT')
    expect(await joining.ended).toMatchObject({ code: 130 })
    expect(await votes()).toEqual(before)
    expect(await members()).toMatchObject({ exclusions: [] })
    expect(await folderTree(third.home)).toEqual(home)
  })

  test('a node that dies while it joins, after the cluster has counted it in, keeps no vote', async () => {
    const third = await make()
    const [before, home] = [await votes(), await folderTree(third.home)]
    const joining = begin(await wordsFor(third, 'dying'), { java: third.java, stdin: await tokenOf(up) })
    // Held, so that it does not come to its end meanwhile.
    await untilLogged(third, 'o.e.t.TransportService', joining)
    joining.child.kill('SIGSTOP')
    await expect.poll(() => nodesOf(up), { timeout: 300_000 }).toContain('dying')
    const found = json(await firstnode(['status', '--home', third.home, '--json'], { java: third.java })) as { node: { pid: number } | null }
    process.kill(found.node?.pid ?? 0, 'SIGKILL')
    joining.child.kill('SIGCONT')
    expect(await joining.ended).toMatchObject({ code: 4 })
    expect(await votes()).toEqual(before)
    expect(await members()).toMatchObject({ exclusions: [] })
    expect(await folderTree(third.home)).toEqual(home)
  })

  test.each(['[data]', '[ingest]', '[]'])('a node with the roles %s joins, as with stock, has no vote, and is undone', async (roles) => {
    const third = await make()
    await appendFile(join(third.home, 'config', 'elasticsearch.yml'), `node.roles: ${roles}\n`)
    const [before, home] = [await votes(), await folderTree(third.home)]
    await joins(third, 'worker')
    expect(await votes()).toEqual(before)
    expect(json(await undo(third))).toMatchObject({ undone: true })
    expect(await votes()).toEqual(before)
    expect(await folderTree(third.home)).toEqual(home)
  })

  test('where an administrator has excluded every other node, nothing is undone, and the exclusions are as they were; without them it is', async () => {
    const alpha = (await members()).nodes.find(({ name }) => name === 'alpha')?.id ?? ''
    await asked(up, up.url, (cluster) => cluster.request({ method: 'POST', path: exclusions, query: { node_ids: alpha } }))
    const [former, held] = [(await members()).exclusions, await folderContent(join(second.home, 'config'))]
    const refused = await undo(second)
    expect(json(refused)).toMatchObject({ error: { code: 'leave_no_majority', message: expect.stringContaining('alpha') as string } })
    expect(refused.code).toBe(3)
    expect((await members()).exclusions).toEqual(former)
    expect(await folderContent(join(second.home, 'config'))).toEqual(held)
    await asked(up, up.url, (cluster) => cluster.request({ method: 'DELETE', path: exclusions, query: { wait_for_removal: false } }))
    expect(json(await undo(second))).toMatchObject({ undone: true })
    expect(await votes()).toEqual([alpha])
    expect((await members()).exclusions).toEqual([])
  })
})
