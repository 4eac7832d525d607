import { appendFile, mkdir, mkdtemp, open, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { withCluster } from '../../../engine/cluster/client.ts'
import type { ShownNode } from '../../../shared/contract/node.ts'
import { Secret } from '../../../shared/secret.ts'
import { begin, firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { curlStatus, filesHolding, processesHolding, program, stockTool } from '../../cli/outside.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf } from '../../support/in-turn.ts'

/** Right after a start a login can be refused until the security index is allocated, as clients of Elasticsearch know. */
async function untilAccepted({ url, caCertificate, password }: UpResult): Promise<void> {
  const deadline = Date.now() + 60_000
  while ((await curlStatus(url, caCertificate!, password!)) !== 200) {
    if (Date.now() > deadline) throw new Error('the password was refused for a minute')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Stock's own tool for tokens, which was run on this home, rewrote the file realm with what was in it. */
function withoutTimeOfFileRealm(line: string): string {
  return /^config\/users(_roles)? /.test(line) ? line.replace(/ @\d+/, '') : line
}

/** Placeholders, of which the shell of this test exports only the one: HOSTNAME is the launcher's, path.home a setting. */
const placeholders = 'path.data: ${path.home}/data\nnode.attr.rack: ${RACK_TOKEN}\nnode.attr.host: ${HOSTNAME}\n'
const rack = { RACK_TOKEN: 'r 77' }

const nodeName = `node "one" it's $PATH & ünï 名`

describe.each(firstOf('8.16.6', '9.4.3'))('a first node of Elasticsearch %s by the command line, at a home with spaces, quotes, $, & and unicode', (version) => {
  let fresh: FreshHome
  let before: string[]
  let up: UpResult
  let ended: Ended
  const call = (...args: string[]) => firstnode([...args, '--home', fresh.home], { java: fresh.java, env: rack })
  const withPassword = (...args: string[]) => firstnode([...args, '--home', fresh.home], { java: fresh.java, env: { ...rack, ELASTIC_PASSWORD: up.password ?? '' } })

  beforeAll(async () => {
    fresh = await freshHome(version, `my "home" it's $HOME & ünï 名 (1)`)
    const certs = join(fresh.home, 'config', 'certs')
    await mkdir(certs)
    await writeFile(join(certs, 'mine.crt'), 'mine\n')
    if (process.getuid?.() === 0) await program('chown', ['-R', `${fresh.account.uid}:${fresh.account.gid}`, certs])
    await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), placeholders)
    before = await folderTree(fresh.home)
    const { http, transport } = await freePorts()
    const folder = await mkdtemp(join(tmpdir(), 'firstnode-out-'))
    const file = await open(join(folder, 'out'), 'w', 0o600)
    try {
      // As `up > file < /dev/null &` from a shell: no terminal, a session of its own.
      const args = ['up', '--home', fresh.home, '--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--node-name', nodeName, '--json']
      const { code, err } = await begin(args, { java: fresh.java, env: { ...rack, KIBANA_PASSWORD: 'of-something-else' }, stdout: file.fd, detached: true }).ended
      const out = await readFile(join(folder, 'out'), 'utf8')
      ended = { code, out, err }
      up = json(ended) as UpResult
    } finally {
      await file.close()
      await rm(folder, { recursive: true })
    }
  })

  afterAll(async () => {
    await call('stop')
    await fresh.remove()
  })

  test('up ends with credentials although its output is redirected and nobody sits at a terminal', () => {
    expect(Object.keys(up)).toEqual(['url', 'username', 'password', 'caFingerprint', 'caCertificate', 'kibanaToken', 'pid', 'node', 'timings'])
    expect(up).toMatchObject({ username: 'elastic', node: nodeName, caCertificate: join(fresh.home, 'config', 'certs', 'http_ca.crt') })
    expect(up.password?.length).toBeGreaterThanOrEqual(20)
    expect(up.timings.total).toBeGreaterThan(0)
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('Start Java') as string })
  })

  test('check of it is one line, running and secured, and ends with 0; plan and prepare say the same', async () => {
    const checked = await call('check')
    expect(checked.code).toBe(0)
    expect(checked.out.trimEnd().split('\n')).toHaveLength(1)
    expect(checked.out).toMatch(/running, secured, at https:/)
    expect(json(await call('check', '--json'))).toMatchObject({ verdict: 'running', running: { pid: up.pid, url: up.url, secured: true, answering: true } })
    for (const command of ['plan', 'prepare']) {
      const refused = await call(command)
      expect([refused.code, refused.err.replaceAll(/\s+/g, ' ')]).toEqual([3, expect.stringMatching(/running, secured/)])
      expect(refused.err).not.toMatch(/taken|take .* out/i)
    }
  })

  test('certs that were there are renamed, as stock does it', async () => {
    const renamed = (await folderTree(join(fresh.home, 'config'))).filter((line) => /^certs\.\d+\.orig folder /.test(line))
    expect(renamed).toHaveLength(1)
  })

  test('the password stands in no file below the home and in no process', async () => {
    expect(await filesHolding(fresh.home, up.password!)).toEqual([])
    expect(await processesHolding(up.password!)).toEqual([])
  })

  test('curl with our CA answers 200 with the password and 401 with a wrong one', async () => {
    expect(await curlStatus(up.url, up.caCertificate!, up.password!)).toBe(200)
    expect(await curlStatus(up.url, up.caCertificate!, `${up.password}x`)).toBe(401)
  })

  test('the node has what its settings refer to, and none of the secrets of others', async () => {
    const auth = { user: 'elastic', password: new Secret(up.password!) }
    const caPem = await readFile(up.caCertificate!, 'utf8')
    const said = await withCluster({ url: up.url, caPem, auth }, (cluster) => cluster.request({ method: 'GET', path: '/_nodes/_local' }))
    const [node] = Object.values((said as { nodes: Record<string, { attributes: object; settings: { path: { data: string | string[] } } }> }).nodes)
    expect(node?.attributes).toMatchObject({ rack: 'r 77', host: hostname() })
    expect([node?.settings.path.data].flat()).toEqual([join(fresh.home, 'data')])
    expect(await processesHolding('of-something-else')).toEqual([])
    expect(ended.err).toContain('Environment variables not passed to Elasticsearch: FIRSTNODE_STATE, KIBANA_PASSWORD.')
  })

  test('openssl finds the fingerprint that was handed over', async () => {
    const { out } = await program('openssl', ['x509', '-fingerprint', '-sha256', '-noout', '-in', up.caCertificate!])
    expect(out.trim().split('=')[1]?.replaceAll(':', '').toLowerCase()).toBe(up.caFingerprint?.replaceAll(':', '').toLowerCase())
  })

  test("stock's keystore tool lists and shows what show gives, and keytool opens both stores with it", async () => {
    const { keystorePasswords } = json(await call('show', '--keystore-passwords', '--json')) as ShownNode
    const listed = await stockTool(fresh, 'elasticsearch-keystore', ['list'], { env: rack })
    expect(listed.out.split('\n')).toEqual(
      expect.arrayContaining([
        'keystore.seed',
        'xpack.security.http.ssl.keystore.secure_password',
        'xpack.security.transport.ssl.keystore.secure_password',
        'xpack.security.transport.ssl.truststore.secure_password',
      ]),
    )
    const stores = [
      ['http', keystorePasswords?.http ?? '', ['http, ', 'http_ca, ']],
      ['transport', keystorePasswords?.transport ?? '', ['transport, ', 'transport_ca, ']],
    ] as const
    for (const [store, password, aliases] of stores) {
      const shown = await stockTool(fresh, 'elasticsearch-keystore', ['show', `xpack.security.${store}.ssl.keystore.secure_password`], { env: rack })
      expect(shown.out.trim()).toBe(password)
      const path = join(fresh.home, 'config', 'certs', `${store}.p12`)
      const { code, out } = await program(join(fresh.java, 'bin', 'keytool'), ['-list', '-storetype', 'PKCS12', '-keystore', path], { stdin: `${password}\n` })
      expect(code).toBe(0)
      for (const alias of aliases) expect(out).toContain(alias)
    }
  })

  test("stock's own tool creates an enrollment token on it", async () => {
    const { code, out } = await stockTool(fresh, 'elasticsearch-create-enrollment-token', ['-s', 'node'], { env: rack })
    expect(code).toBe(0)
    const token = JSON.parse(Buffer.from(out.trim().split('\n').at(-1) ?? '', 'base64').toString()) as { fgr: string }
    expect(token.fgr).toBe(up.caFingerprint?.replaceAll(':', '').toLowerCase())
  })

  test('token prints a token alone on the last line of standard output', async () => {
    const { code, out, err } = await withPassword('token', '--scope', 'node')
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('30 minutes') as string })
    const token = JSON.parse(Buffer.from(out.trimEnd().split('\n').at(-1) ?? '', 'base64').toString()) as Record<string, unknown>
    expect(token).toMatchObject({ ver: '8.14.0', fgr: up.caFingerprint?.replaceAll(':', '').toLowerCase(), key: expect.stringContaining(':') as string })
    const fromStdin = await firstnode(['token', '--scope', 'kibana', '--home', fresh.home, '--password-stdin', '--json'], { java: fresh.java, env: rack, stdin: `${up.password}\n` })
    expect(json(fromStdin)).toMatchObject({ scope: 'kibana' })
  })

  test('save writes no password that the cluster refuses, and a .env by which a shell reaches the node', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'firstnode-project-'))
    try {
      const wrong = await firstnode(['save', '--home', fresh.home, '--to', join(folder, 'access.txt'), '--password-stdin'], { java: fresh.java, env: rack, stdin: 'wrong-password\n' })
      expect(wrong.code).toBe(6)
      expect(await readdir(folder)).toEqual([])
      const saved = json(await withPassword('save', '--to', folder, '--format', 'env', '--json')) as { file: string; git: string }
      expect(saved).toMatchObject({ file: join(await realpath(folder), '.env'), git: 'none' })
      expect(await readdir(folder)).toEqual(['.env'])
      const line = 'set -a; . ./.env; printf \'user = "%s:%s"\\n\' "$ELASTIC_USERNAME" "$ELASTIC_PASSWORD" | curl -K - -sS -o /dev/null -w "%{http_code}" --noproxy "*" --cacert "$CA" "$ELASTICSEARCH_URL"'
      expect(await program('sh', ['-euc', `cd ${folder}; ${line}`], { env: { CA: up.caCertificate ?? '' } })).toMatchObject({ code: 0, out: '200' })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('token with a wrong password is refused by the cluster, with a message and no stack trace', async () => {
    const ended = await firstnode(['token', '--scope', 'node', '--home', fresh.home, '--password-stdin'], { java: fresh.java, env: rack, stdin: 'wrong-password\n' })
    expect(ended.code).toBe(6)
    expect(ended.out).toBe('')
    expect(ended.err).not.toMatch(/\n\s+at /)
    expect(ended.err).not.toContain('wrong-password')
  })

  test('a second up finds it running and ends with password null, naming the way to a new one', async () => {
    const ended = await call('up', '--json')
    expect(ended.code).toBe(0)
    const again = json(ended) as UpResult
    expect(again).toMatchObject({ url: up.url, password: null, caFingerprint: up.caFingerprint, pid: up.pid, node: nodeName })
    expect(again.resetPassword).toContain('reset-password --home')
    expect(ended.err + ended.out).not.toContain(up.password)
  })

  test('reset-password prints a new password alone on the last line, which works while the old one does not any more', async () => {
    const { code, out, err } = await call('reset-password')
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('stop working') as string })
    const password = out.trimEnd().split('\n').at(-1) ?? ''
    expect(await curlStatus(up.url, up.caCertificate!, password)).toBe(200)
    expect(await curlStatus(up.url, up.caCertificate!, up.password!)).toBe(401)
    expect(await filesHolding(fresh.home, password)).toEqual([])
    up = { ...up, password }
    const other = await withPassword('reset-password', '--username', 'kibana_system', '--json')
    expect(json(other)).toEqual({ username: 'kibana_system', password: expect.stringMatching(/^.{20,}$/) as string })
  })

  test('status finds it, stop ends it, start brings it back with the same credentials', async () => {
    expect(json(await call('status', '--json'))).toMatchObject({ running: true, secured: true, answering: true, node: { pid: up.pid, name: nodeName, version } })
    // A shell without the variable of its settings: the node that runs has it.
    expect(json(await firstnode(['status', '--home', fresh.home, '--json'], { java: fresh.java }))).toMatchObject({ running: true, secured: true, answering: true })
    expect(json(await call('stop', '--json'))).toMatchObject({ running: false })
    expect(json(await call('status', '--json'))).toMatchObject({ running: false, node: null, answering: false })
    const ended = await call('start', '--json')
    expect(ended.code).toBe(0)
    expect(json(ended)).toMatchObject({ running: true, answering: true, node: { name: nodeName } })
    await untilAccepted(up)
  })

  test('undo refuses while somebody has an index in it', async () => {
    expect(await curlStatus(`${up.url}/mine`, up.caCertificate!, up.password!, 'PUT')).toBe(200)
    const ended = await withPassword('undo', '--yes', '--json')
    expect(ended.code).toBe(3)
    expect(json(ended)).toMatchObject({ error: { code: 'undo_would_lose_data', message: expect.stringContaining('mine') as string } })
    expect(json(await call('status', '--json'))).toMatchObject({ running: true })
    expect(await curlStatus(`${up.url}/mine`, up.caCertificate!, up.password!, 'DELETE')).toBe(200)
  })

  test('undo needs a yes, and then the home is byte for byte what it was', async () => {
    const asked = await withPassword('undo')
    expect(asked.code).toBe(2)
    expect(json(await call('status', '--json'))).toMatchObject({ running: true })
    const ended = await withPassword('undo', '--yes', '--json')
    expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
    expect((await folderTree(fresh.home)).map(withoutTimeOfFileRealm)).toEqual(before.map(withoutTimeOfFileRealm))
  })
})
