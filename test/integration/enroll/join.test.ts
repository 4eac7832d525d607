import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import type { JoinResult } from '../../../cli/terminal/joined-page.ts'
import { decodeEnrollmentToken, encodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { begin, firstnode, json, untilSaid } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { filesHolding, processesHolding } from '../../cli/outside.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { fieldsOf } from '../security/configured-home.ts'
import { runStock } from '../security/stock-tools.ts'
import { expiredToken, nodesOf, tokenOf, tokenOfScope } from './tokens.ts'

const other: Record<PracticeVersion, PracticeVersion> = { '9.4.3': '8.16.6', '8.16.6': '9.4.3' }

describe.each(firstOf('9.4.3', '8.16.6'))('joining a cluster of Elasticsearch %s', (version) => {
  const homes: FreshHome[] = []
  let first: FreshHome
  let second: FreshHome
  let up: UpResult
  let secondBefore: string[]
  const home = async (wanted: PracticeVersion = version): Promise<FreshHome> => {
    const made = await freshHome(wanted)
    homes.push(made)
    return made
  }
  const joinWith = (token: string, fresh: FreshHome, ...more: string[]) => firstnode(['join', '--home', fresh.home, '--heap', '512m', '--json', '--token-stdin', ...more], { java: fresh.java, stdin: token })
  const told = (ended: { out: string }): { code: string; message: string } => (JSON.parse(ended.out) as { error: { code: string; message: string } }).error

  beforeAll(async () => {
    first = await home()
    second = await home()
    secondBefore = await folderTree(second.home)
    const { http, transport } = await freePorts()
    up = json(
      await firstnode(['up', '--home', first.home, '--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--node-name', 'alpha', '--cluster-name', 'grown', '--json'], { java: first.java }),
    ) as UpResult
  })
  afterAll(async () => {
    for (const fresh of homes) await firstnode(['stop', '--home', fresh.home], { java: fresh.java })
    await Promise.all(homes.map((fresh) => fresh.remove()))
  })

  test('a token of the wrong scope, an invalidated one, one that expired, one of a newer form and a cut one each have their own answer, and nothing is written', async () => {
    const { token: kibana } = await tokenOfScope(up, 'kibana')
    const { token: node, invalidate } = await tokenOfScope(up, 'node')
    await invalidate()
    const newer = encodeEnrollmentToken({ ...decodeEnrollmentToken(node), ver: '10.0.0' })
    const answered = await Promise.all([kibana, node, await expiredToken(up), newer, node.slice(0, 80)].map(async (token) => told(await joinWith(token, second))))
    expect(answered.map(({ code }) => code)).toEqual(['token_wrong_scope', 'token_refused', 'token_refused', 'token_newer', 'token_unreadable'])
    expect(answered.map(({ message }) => message)).toMatchObject([expect.stringContaining('not for a node'), expect.stringContaining('was taken back'), 'This token has expired.', expect.stringContaining('newer form'), expect.stringContaining('cut off')])
    expect(await folderTree(second.home)).toEqual(secondBefore)
  })

  test('a node of the other major is refused with words before anything is written', async () => {
    const stranger = await home(other[version])
    const before = await folderTree(stranger.home)
    const ended = await joinWith(await tokenOf(up), stranger)
    expect(JSON.parse(ended.out)).toMatchObject({ error: { code: 'join_versions', message: expect.stringContaining(`Elasticsearch ${other[version]} cannot join a cluster of ${version}`) as string } })
    expect(ended.code).toBe(3)
    expect(await folderTree(stranger.home)).toEqual(before)
  })

  test('a join that is cancelled while the node starts leaves the home byte for byte, and can be begun again at once', async () => {
    const running = begin(['join', '--home', second.home, '--heap', '512m', '--token-stdin'], { java: second.java, stdin: await tokenOf(up) })
    await untilSaid(running, 'Load modules')
    running.child.kill('SIGINT')
    expect(await running.ended).toMatchObject({ code: 130 })
    expect(await folderTree(second.home)).toEqual(secondBefore)
  })

  test('ours joins ours: the cluster itself lists the node, under its name, with free ports and a name of its own', async () => {
    const token = await tokenOf(up)
    const joined = json(await joinWith(token, second)) as JoinResult
    expect(joined).toMatchObject({ clusterName: 'grown', caFingerprint: up.caFingerprint })
    expect(joined.nodes.map(({ name }) => name)).toEqual(['alpha', joined.node ?? ''].toSorted((a, b) => a.localeCompare(b)))
    expect(await filesHolding(second.home, token)).toEqual([])
    expect(await processesHolding(token)).toEqual([])
  })

  lengthy('what is written equals what stock writes for an enrolled node, field by field', async () => {
    const [theirs, ours] = [await home(), second]
    const ended = await runStock(theirs, 'auto-configure-node', { args: ['--enrollment-token', await tokenOf(up)], env: { HOSTNAME: hostname() } })
    expect(ended).toMatchObject({ code: 0 })
    const [stock, own] = [await fieldsOf(join(theirs.home, 'config')), await fieldsOf(join(ours.home, 'config'))]
    // Ports, the name of the cluster and a name that others have not are only written by ours; and each names the nodes that were there when it joined.
    const differing = /subject$|^yml\.(?:http\.port|transport\.port|cluster\.name|node\.name|discovery\.seed_hosts)$/
    const later = version === '8.16.6' ? /http\.extensions$/ : /^$/
    const names = [...new Set([...stock.keys(), ...own.keys()])].filter((name) => !differing.test(name) && !later.test(name))
    expect(names.length).toBeGreaterThan(60)
    expect(names.filter((name) => stock.get(name) !== own.get(name)).map((name) => `${name}: ${stock.get(name)} → ${own.get(name)}`)).toEqual([])
  })

  test('undo lets the node leave: its home is byte for byte as it was, and the cluster goes on without it', async () => {
    const undone = await firstnode(['undo', '--home', second.home, '--yes', '--json'], { java: second.java })
    expect(json(undone)).toMatchObject({ undone: true })
    expect(await folderTree(second.home)).toEqual(secondBefore)
    expect(await nodesOf(up)).toEqual(['alpha'])
  })
})
