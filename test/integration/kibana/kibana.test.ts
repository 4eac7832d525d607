import { X509Certificate } from 'node:crypto'
import { appendFile, chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { load } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Engine } from '../../../cli/io.ts'
import { connect, withCluster, type Cluster } from '../../../engine/cluster/client.ts'
import { createEnrollmentToken } from '../../../engine/cluster/token.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { connectKibana } from '../../../engine/kibana/connect-kibana.ts'
import { kibanaKeystoreFile } from '../../../engine/kibana/testing/kibana-keystore-file.ts'
import { draftKibana } from '../../../engine/kibana/kibana-draft.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { createEngine } from '../../../engine/router.ts'
import type { KibanaEvent, KibanaRun } from '../../../shared/contract/kibana.ts'
import { decodeEnrollmentToken, encodeEnrollmentToken } from '../../../shared/enrollment-token.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstnode, json } from '../../cli/firstnode.ts'
import { kibanaStandInHome, type StandInHome } from '../../kibana-stand-in/kibana-stand-in-home.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { firstOf } from '../../support/in-turn.ts'
import { invalidate } from '../enroll/tokens.ts'
import { securedHome, type SecuredHome } from '../node/node-home.ts'

/** Kibana itself is not to be had here: bin/kibana is a program that reads kibana.yml and connects with it (test/kibana-stand-in). The cluster and all tokens are real. */
describe.each(firstOf('9.4.3', '8.16.6'))('a Kibana at a cluster of Elasticsearch %s', (version) => {
  let node: SecuredHome
  let started: StartedNode
  let cluster: Cluster
  let engine: Engine
  let close: () => Promise<void>
  const newer = `${version.split('.')[0] ?? ''}.99.0`

  beforeAll(async () => {
    node = await securedHome(version)
    started = await startNode({ installation: await node.inspect(), heap: '512m' })
    const { url, caPem, password } = node
    await waitUntilAnswering({ url, caPem, password, died: () => started.died() })
    cluster = await connect({ url, caPem, auth: { user: 'elastic', password } })
    const made = createEngine({ kind: 'browser', checkout: null })
    engine = createRouterClient(made.router)
    close = () => made.close()
  })

  afterAll(async () => {
    await close()
    await cluster.close()
    await stopNode({ installation: await node.inspect() })
    await started.letGo()
    await node.remove()
  })

  const tokenFor = async (scope: 'node' | 'kibana'): Promise<string> =>
    (await createEnrollmentToken({ cluster, scope, caFingerprint: node.caFingerprint, now: Date.now() })).token.reveal()

  async function kibana(settings = '', kibanaVersion: string = version): Promise<StandInHome> {
    const home = await kibanaStandInHome(kibanaVersion, node.account, settings)
    onTestFinished(() => home.remove())
    return home
  }

  async function enroll(home: StandInHome, token: string, replace = false) {
    return engine.kibana.apply({ planId: (await engine.kibana.preview({ target: { home: home.home }, token, replace })).planId })
  }

  /** As Kibana does: with what its settings say, and nothing else. */
  async function whoIs(home: StandInHome): Promise<{ username: string; tokenName: string }> {
    const read = load(await readFile(home.settingsFile, 'utf8')) as Record<string, unknown>
    const [url = ''] = read['elasticsearch.hosts'] as string[]
    const [authority = ''] = read['elasticsearch.ssl.certificateAuthorities'] as string[]
    const auth = { serviceToken: new Secret(String(read['elasticsearch.serviceAccountToken'])) }
    return withCluster({ url, caPem: await readFile(authority, 'utf8'), auth }, async (asKibana) => {
      const { username, token } = (await asKibana.request({ method: 'GET', path: '/_security/_authenticate' })) as { username: string; token: { name: string } }
      return { username, tokenName: token.name }
    })
  }

  /** The service account tokens of Kibana, as the cluster lists them. */
  async function madeTokens(): Promise<string[]> {
    const listed = (await cluster.request({ method: 'GET', path: '/_security/service/elastic/kibana/credential' })) as { tokens: Record<string, unknown> }
    return Object.keys(listed.tokens)
  }

  async function follow(run: KibanaRun, onState: (state: KibanaRun) => unknown = () => undefined): Promise<{ stages: string[]; last: KibanaRun; log: string }> {
    onTestFinished(() => void engine.kibana.stop({ runId: run.runId }))
    const events: KibanaEvent[] = []
    for await (const event of await engine.kibana.watch({ runId: run.runId })) {
      events.push(event)
      if (event.type === 'state') await onState(event.state)
    }
    const states = events.flatMap((event) => (event.type === 'state' ? [event.state] : []))
    const stages = states.map(({ stage }) => stage).filter((stage, index, all) => stage !== all[index - 1])
    return { stages, last: states.at(-1) ?? run, log: events.flatMap((event) => (event.type === 'log' ? event.lines.map(({ text }) => text) : [])).join('\n') }
  }

  test('gets a token that proves it as elastic/kibana over TLS, by the CA that was written; undo leaves the home byte for byte', async () => {
    const home = await kibana()
    const before = await folderTree(home.home)
    const preview = await engine.kibana.preview({ target: { home: home.home }, token: await tokenFor('kibana') })
    expect(preview.cluster).toEqual({ url: expect.stringMatching(/^https:/), major: Number(version.split('.')[0]), caFingerprint: node.caFingerprint.replaceAll(':', '').toLowerCase() })
    expect(preview.changes.map(({ action, path }) => [action, path])).toEqual([
      ['create', expect.stringMatching(/data.ca_\d{13}\.crt$/)],
      ['change', home.settingsFile],
    ])
    expect(await folderTree(home.home)).toEqual(before)
    const done = await engine.kibana.apply({ planId: preview.planId })
    expect(done.cluster).toMatchObject({ name: expect.any(String), version })
    expect(await whoIs(home)).toEqual({ username: 'elastic/kibana', tokenName: expect.stringMatching(/^enroll-process-token-\d+$/) })
    expect(new X509Certificate(await readFile(done.caFile)).fingerprint256).toBe(new X509Certificate(node.caPem).fingerprint256)
    expect(await readFile(home.settingsFile, 'utf8')).toMatch(/\n\n# This section was automatically generated during setup\.\nelasticsearch\.hosts: \['?https:\/\/[^\]]+'?\]\n/)
    expect(done.kibana).toMatchObject({ connected: expect.stringMatching(/^enrolled with https:/), undoable: true })
    const files = await Promise.all([home.settingsFile, done.caFile].map((path) => stat(path)))
    expect(files.map(({ uid, mode }) => [uid, mode & 0o777])).toEqual(files.map(() => [process.getuid?.() === 0 ? node.account.uid : process.getuid?.(), 0o644]))
    await engine.kibana.undo({ home: home.home })
    expect(await folderTree(home.home)).toEqual(before)
  })

  test('has no token made for it by a preview, masked in which it is shown; the first that is made is of the press that writes', async () => {
    const home = await kibana()
    const before = await madeTokens()
    const preview = await engine.kibana.preview({ target: { home: home.home }, token: await tokenFor('kibana') })
    expect(preview.changes.flatMap(({ diff }) => diff ?? []).map(({ text }) => text)).toContain('elasticsearch.serviceAccountToken: ••••')
    expect(await madeTokens()).toEqual(before)
    await engine.kibana.apply({ planId: preview.planId })
    const { tokenName } = await whoIs(home)
    expect((await madeTokens()).filter((name) => !before.includes(name))).toEqual([tokenName])
  })

  test('whose settings changed since the preview gets nothing written, and nothing is made in the cluster', async () => {
    const home = await kibana()
    const { planId } = await engine.kibana.preview({ target: { home: home.home }, token: await tokenFor('kibana') })
    await appendFile(home.settingsFile, 'server.name: mine\n')
    const [tree, tokens] = [await folderTree(home.home), await madeTokens()]
    await expect(engine.kibana.apply({ planId })).rejects.toMatchObject({ data: { code: 'changed_meanwhile' } })
    expect(await folderTree(home.home)).toEqual(tree)
    expect(await madeTokens()).toEqual(tokens)
  })

  test('that fails once its token is made has nothing written, and the token named that is left; with the elastic user\'s password it is deleted again', async () => {
    const home = await kibana('', newer)
    const tree = await folderTree(home.home)
    const before = await madeTokens()
    const { draft } = await draftKibana({ home: home.home }, new Secret(await tokenFor('kibana')), { replace: false, signal: new AbortController().signal })
    const refused: unknown = await connectKibana(draft).catch((thrown: unknown) => thrown)
    const [left = '', ...others] = (await madeTokens()).filter((name) => !before.includes(name))
    expect(others).toEqual([])
    expect(refused).toMatchObject({ code: 'kibana_token_left', message: expect.stringContaining(newer), remedy: expect.stringContaining(`/_security/service/elastic/kibana/credential/token/${left}`) })
    await expect(connectKibana(draft, { elastic: { password: node.password, caFingerprint: 'ab'.repeat(32) } })).rejects.toMatchObject({ code: 'kibana_token_left' })
    await expect(connectKibana(draft, { elastic: node })).rejects.toMatchObject({ code: 'kibana_version_apart' })
    expect(await madeTokens()).toEqual(before)
    expect(await folderTree(home.home)).toEqual(tree)
  })

  test('is started as the owner of its home, connects with what was written, and is followed until it answers', async () => {
    const home = await kibana()
    await enroll(home, await tokenFor('kibana'))
    const { stages, last, log } = await follow(await engine.kibana.start({ target: { home: home.home } }))
    expect(last.problem).toBeNull()
    expect(stages).toEqual(['starting', 'answering'])
    expect(log).toContain('Successfully connected to Elasticsearch as elastic/kibana')
    expect(await fetch(`${last.url}/api/status`).then(({ status }) => status)).toBe(200)
    expect(await engine.kibana.stop({ runId: last.runId })).toMatchObject({ stage: 'stopped' })
    await expect(fetch(`${last.url}/api/status`)).rejects.toThrow('fetch failed')
  })

  test('that is enrolled already is left as it is; connected again it gets a token of its own, and its earlier certificate goes', async () => {
    const home = await kibana()
    const token = await tokenFor('kibana')
    await enroll(home, token)
    const first = await whoIs(home)
    const before = await folderTree(home.home)
    await expect(enroll(home, token)).rejects.toMatchObject({ data: { code: 'kibana_enrolled_already' } })
    expect(await folderTree(home.home)).toEqual(before)
    await enroll(home, token, true)
    const second = await whoIs(home)
    expect(second).toEqual({ username: 'elastic/kibana', tokenName: expect.not.stringMatching(first.tokenName) })
    expect(await readFile(home.settingsFile, 'utf8')).toContain('### >>>>>>> BACKUP END: Kibana interactive setup')
    expect((await readdir(join(home.home, 'data'))).filter((name) => name.startsWith('ca_'))).toHaveLength(1)
  })

  test('beside a second one: one token enrolls both, each with a token of its own', async () => {
    const [one, other] = [await kibana(), await kibana()]
    const token = await tokenFor('kibana')
    await enroll(one, token)
    await enroll(other, token)
    expect((await whoIs(one)).tokenName).not.toBe((await whoIs(other)).tokenName)
  })

  test('asks for its token itself: its link is found, and that somebody enrolled it is seen', async () => {
    const home = await kibana()
    const token = await tokenFor('kibana')
    const { stages, last, log } = await follow(await engine.kibana.start({ target: { home: home.home }, interactive: true }), async ({ stage, link }) => {
      // what the page behind the link does when a person pastes the token
      if (stage === 'waiting') await fetch(link ?? '', { method: 'POST', body: token })
    })
    expect(last.problem).toBeNull()
    expect(stages).toEqual(['starting', 'waiting', 'enrolled', 'answering'])
    expect(log).toContain(`Go to http://localhost:${home.port}/?code=462139 to get started.`)
    expect(await whoIs(home)).toMatchObject({ username: 'elastic/kibana' })
    await expect(engine.kibana.start({ target: { home: home.home }, interactive: true })).rejects.toMatchObject({ data: { code: 'kibana_enrolled_already' } })
  })

  const expired = async (): Promise<string> => {
    const role_descriptors = { create_enrollment_token: { cluster: ['cluster:admin/xpack/security/enroll/kibana'] } }
    const body = { name: 'enrollment_token_API_key_of_yesterday', expiration: '1ms', role_descriptors }
    const { id, api_key } = (await cluster.request({ method: 'POST', path: '/_security/api_key', query: { refresh: 'false' }, body })) as { id: string; api_key: string }
    return encodeEnrollmentToken({ ...decodeEnrollmentToken(await tokenFor('kibana')), key: `${id}:${api_key}` })
  }

  const takenBack = async (): Promise<string> => {
    const token = await tokenFor('kibana')
    const [id = ''] = decodeEnrollmentToken(token).key.split(':')
    await invalidate(cluster, id)
    return token
  }

  test.each<readonly [what: string, code: string, make: () => Promise<{ home: StandInHome; token: string }>]>([
    ['a token that has expired', 'token_refused', async () => ({ home: await kibana(), token: await expired() })],
    ['a token for a node', 'token_wrong_scope', async () => ({ home: await kibana(), token: await tokenFor('node') })],
    ['a Kibana of another major', 'kibana_version_apart', async () => ({ home: await kibana('', version === '9.4.3' ? '8.16.6' : '9.4.3'), token: await tokenFor('kibana') })],
    ['a token that was taken back', 'token_refused', async () => ({ home: await kibana(), token: await takenBack() })],
    ['hosts that somebody set', 'kibana_connected_already', async () => ({ home: await kibana('elasticsearch.hosts: https://other:9200\n'), token: await tokenFor('kibana') })],
    ['a user that somebody set', 'kibana_connected_already', async () => ({ home: await kibana('elasticsearch.username: kibana_system\n'), token: await tokenFor('kibana') })],
    [
      'a password in its kibana.keystore',
      'kibana_keystore_connected',
      async () => {
        const home = await kibana()
        await writeFile(join(home.home, 'config', 'kibana.keystore'), kibanaKeystoreFile({ 'elasticsearch.password': 'hunter2' }))
        return { home, token: await tokenFor('kibana') }
      },
    ],
    ['settings that are no YAML', 'kibana_settings_broken', async () => ({ home: await kibana('a: "\n'), token: await tokenFor('kibana') })],
    [
      'a kibana.yml that is read-only',
      'kibana_settings_read_only',
      async () => {
        const home = await kibana()
        await chmod(home.settingsFile, 0o444)
        return { home, token: await tokenFor('kibana') }
      },
    ],
  ])('%s is refused with %s, and nothing is written nor made', async (_, code, make) => {
    const { home, token } = await make()
    const [before, tokens] = [await folderTree(home.home), await madeTokens()]
    await expect(engine.kibana.preview({ target: { home: home.home }, token })).rejects.toMatchObject({ data: { code } })
    expect(await folderTree(home.home)).toEqual(before)
    expect(await madeTokens()).toEqual(tokens)
  })

  test('that cannot use its port, or dies, is told with the line that says why', async () => {
    const home = await kibana()
    await enroll(home, await tokenFor('kibana'))
    await writeFile(join(home.home, 'data', 'ca_0.crt'), 'none')
    const text = await readFile(home.settingsFile, 'utf8')
    await writeFile(home.settingsFile, text.replace(/ca_\d{13}\.crt/, 'missing.crt'))
    const { last } = await follow(await engine.kibana.start({ target: { home: home.home } }))
    expect(last).toMatchObject({ stage: 'failed', problem: { code: 'kibana_died', message: expect.stringContaining('missing.crt') } })
  })

  test('is connected and started by one line, which leaves it running and no secret behind', async () => {
    const home = await kibana()
    const token = await tokenFor('kibana')
    const ended = await firstnode(['kibana', '--kibana-home', home.home, '--json'], { java: node.java, env: { ENROLLMENT_TOKEN: token } })
    expect(ended.err).not.toContain('FATAL')
    expect(ended.code).toBe(0)
    const { run } = json(ended) as { run: KibanaRun }
    onTestFinished(() => void process.kill(-(run.pid ?? 0), 'SIGTERM'))
    expect(run.stage).toBe('answering')
    expect(await fetch(`${run.url}/api/status`).then(({ status }) => status)).toBe(200)
    expect(ended.out + ended.err).not.toContain(token)
    expect(ended.out + ended.err).not.toContain(String((load(await readFile(home.settingsFile, 'utf8')) as Record<string, unknown>)['elasticsearch.serviceAccountToken']))
  })
})
