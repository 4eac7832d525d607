import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readFile, watch, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../../../engine/cluster/client.ts'
import { callOnce } from '../../../engine/cluster/try-it.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { runPreflight } from '../../../engine/preflight/preflight.ts'
import { makeNodeCertificates, toPem } from '../../../engine/security/certificates.ts'
import { readHttpCa } from '../../../engine/security/http-ca.ts'
import { beginKeys } from '../../../engine/security/keys.ts'
import { newPassword } from '../../../engine/setup/new-password.ts'
import { builtInUsers } from '../../../shared/built-in-users.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstnode, json, programPath } from '../../cli/firstnode.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { nodeHome, type NodeHome } from '../node/node-home.ts'
import { stock } from '../security/stock-tools.ts'

// Set up by stock's own tool, as on a first start in the background: TLS is on, and nobody ever saw a password.
describe.each(firstOf('9.4.3', '8.16.6'))('a node of Elasticsearch %s that stock configured and whose password nobody ever saw', (version) => {
  let home: NodeHome
  let started: StartedNode | null = null
  let caPem: string
  let elastic: string

  const start = async (): Promise<void> => {
    const installation = await home.inspect()
    started = await startNode({ installation, heap: '512m' })
    const node = started
    await waitUntilAnswering({ url: home.url, caPem, password: null, died: () => node.died() })
  }
  const stop = async (): Promise<void> => {
    const installation = await home.inspect()
    if (await findNode(installation)) await stopNode({ installation })
    await started?.letGo()
    started = null
  }
  const status = async (user: string, password: string): Promise<number> =>
    (await callOnce({ url: home.url, caPem, caPath: 'ca', user, password: new Secret(password) })).status
  /** All of the config directory, byte for byte; what looking at it changes is the time of the folder of Firstnode itself. */
  const configTree = async (): Promise<string[]> => (await folderTree(join(home.home, 'config'))).map((line) => line.replace(/^(\.firstnode .*) @\d+/, '$1'))

  /** What the checks say of a password that nobody saw; empty where they say nothing. */
  const unseen = async (): Promise<string> => {
    const { checks } = await runPreflight(await home.inspect())
    return checks.find(({ code }) => code === 'password_unseen')?.detail ?? ''
  }

  beforeAll(async () => {
    home = await nodeHome(version, [])
    await stock(home, 'auto-configure-node', { env: { HOSTNAME: 'here' } })
    caPem = (await readHttpCa({ installation: await home.inspect() })).pem
  })

  afterAll(async () => {
    try {
      await stop()
    } finally {
      await home.remove()
    }
  })

  test('is seen by the checks as one whose password nobody ever saw: its first start died half-way', async () => {
    expect(await unseen()).toContain('never came up')
  })

  test('is refused a new password while it does not run, and nothing is written', async () => {
    expect((await home.inspect()).state).toBe('configured')
    const before = await configTree()
    await expect(newPassword(await home.inspect(), { username: 'elastic', password: null }, undefined)).rejects.toMatchObject({ code: 'not_running' })
    expect(await configTree()).toEqual(before)
  })

  test('gets one by the file realm, which works, and its files are byte for byte as before', async () => {
    await start()
    // It answers before its cluster is formed.
    await expect.poll(unseen, { timeout: 60_000 }).toContain('no terminal')
    const before = await configTree()
    const set = await newPassword(await home.inspect(), { username: 'elastic', password: null }, undefined)
    expect(set).toMatchObject({ username: 'elastic', how: 'file-realm', proved: true, password: expect.stringMatching(/^.{20,}$/) })
    elastic = set.password
    expect(await status('elastic', elastic)).toBe(200)
    expect(await configTree()).toEqual(before)
    await expect.poll(unseen, { timeout: 60_000 }).toBe('')
  })

  test('gets one by the elastic user\'s present password alone: nothing is written, and the old one ends', async () => {
    const before = await folderTree(join(home.home, 'config'))
    const set = await newPassword(await home.inspect(), { username: 'elastic', elasticPassword: new Secret(elastic), password: new Secret('one of "my" öwn') }, undefined)
    expect(set).toEqual({ username: 'elastic', password: 'one of "my" öwn', how: 'elastic-password', proved: true, answered: true, handedOver: false })
    expect(await folderTree(join(home.home, 'config'))).toEqual(before)
    expect(await status('elastic', elastic)).toBe(401)
    elastic = set.password
    expect(await status('elastic', elastic)).toBe(200)
  })

  test('refuses with a wrong present password, and with one that is too short, and then has the old one still', async () => {
    const installation = await home.inspect()
    await expect(newPassword(installation, { username: 'elastic', elasticPassword: new Secret('wrong'), password: null }, undefined)).rejects.toMatchObject({ code: 'wrong_password' })
    await expect(newPassword(installation, { username: 'elastic', password: new Secret('12345') }, undefined)).rejects.toMatchObject({ code: 'password_too_short' })
    expect(await status('elastic', elastic)).toBe(200)
  })

  test('gives one to every built-in user and to a native one, and to nobody who is not there', async () => {
    const cluster = await connect({ url: home.url, caPem, auth: { user: 'elastic', password: new Secret(elastic) } })
    await cluster.request({ method: 'PUT', path: '/_security/user/anna', body: { password: 'first password', roles: [] } })
    await cluster.close()
    const elasticPassword = new Secret(elastic)
    for (const username of [...builtInUsers.filter((one) => one !== 'elastic'), 'anna']) {
      const set = await newPassword(await home.inspect(), { username, elasticPassword, password: null }, undefined)
      expect(set).toMatchObject({ username, proved: true })
      expect(await status(username, set.password)).not.toBe(401)
    }
    const before = await configTree()
    await expect(newPassword(await home.inspect(), { username: 'nobody', elasticPassword, password: null }, undefined)).rejects.toMatchObject({ code: 'no_such_user' })
    await expect(newPassword(await home.inspect(), { username: 'nobody', password: null }, undefined)).rejects.toMatchObject({ code: 'no_such_user' })
    expect(await configTree()).toEqual(before)
  })

  test('gives one to every built-in user though nobody tells the old one of anybody', async () => {
    const before = await configTree()
    for (const username of builtInUsers) {
      const set = await newPassword(await home.inspect(), { username, password: null }, undefined)
      expect(set).toMatchObject({ username, how: 'file-realm', proved: true })
      expect(await status(username, set.password)).not.toBe(401)
      if (username === 'elastic') elastic = set.password
    }
    expect(await configTree()).toEqual(before)
  })

  test('is given one from standard input by the command line, which says no more than the user and the password', async () => {
    const call = { java: home.java, env: { ELASTIC_PASSWORD: elastic }, stdin: 'from a pipe, ünd long\n' }
    const ended = await firstnode(['reset-password', '--home', home.home, '--username', 'beats_system', '--password-stdin', '--json'], call)
    expect(json(ended)).toEqual({ username: 'beats_system', password: 'from a pipe, ünd long' })
    expect(ended.err).not.toContain('from a pipe')
    expect(await status('beats_system', 'from a pipe, ünd long')).not.toBe(401)
  })

  test('is given one that is typed at a terminal, twice, and not seen while it is typed', async () => {
    const said = await typedAtTerminal(home, elastic, ['reset-password', '--home', home.home, '--username', 'apm_system', '--interactive'], [
      ['the new password of apm_system: ', 'typed by hand'],
      ['once more: ', 'typed by hand'],
    ])
    expect(said.code).toBe(0)
    // Once alone, as what the command gives.
    expect(said.text.split('typed by hand')).toHaveLength(2)
    expect(said.text.trimEnd().split(/\r?\n/).at(-1)).toBe('typed by hand')
    expect(await status('apm_system', 'typed by hand')).not.toBe(401)
  })

  test('proves itself by the CA its settings name where http_ca.crt is that of another', async () => {
    const path = join(home.home, 'config', 'certs', 'http_ca.crt')
    const own = await readFile(path)
    const keys = await beginKeys().ready
    const others = await makeNodeCertificates({ keys, nodeName: 'other', names: ['localhost'], now: new Date() })
    await writeFile(path, toPem(others.httpCa))
    try {
      const set = await newPassword(await home.inspect(), { username: 'logstash_system', elasticPassword: new Secret(elastic), password: null }, undefined)
      expect(set).toMatchObject({ how: 'elastic-password', proved: true })
    } finally {
      await writeFile(path, own)
    }
  })

  test('has its files back after a reset that was killed in the middle, as soon as the next one begins', async () => {
    const users = join(home.home, 'config', 'users')
    const before = await configTree()
    await killedInTheMiddle(home, users)
    expect(await readFile(users, 'utf8')).toContain('firstnode_')
    expect((await home.inspect()).state).toBe('running')
    const set = await newPassword(await home.inspect(), { username: 'elastic', elasticPassword: new Secret(elastic), password: null }, undefined)
    expect(await configTree()).toEqual(before)
    await killedInTheMiddle(home, users)
    expect(await status('elastic', set.password)).toBe(200)
    elastic = (await newPassword(await home.inspect(), { username: 'elastic', password: null }, undefined)).password
    expect(await configTree()).toEqual(before)
    expect(await status('elastic', elastic)).toBe(200)
  })

  lengthy('is refused one where the file realm is turned off, unless by the present password', async () => {
    await stop()
    await appendFile(join(home.home, 'config', 'elasticsearch.yml'), '\nxpack.security.authc.realms.file.file1.enabled: false\nxpack.security.authc.realms.file.file1.order: 0\n')
    await start()
    const before = await configTree()
    await expect(newPassword(await home.inspect(), { username: 'elastic', password: null }, undefined)).rejects.toMatchObject({ code: 'file_realm_off' })
    expect(await configTree()).toEqual(before)
    expect(await newPassword(await home.inspect(), { username: 'elastic', elasticPassword: new Secret(elastic), password: null }, undefined)).toMatchObject({ proved: true })
  })
})

/** Runs `firstnode ARGS` on a terminal of its own and types each answer when its question stands there. Gives all that the terminal showed. */
async function typedAtTerminal(home: NodeHome, elasticPassword: string, args: readonly string[], answers: readonly [question: string, answer: string][]): Promise<{ code: number | null; text: string }> {
  const line = [process.execPath, programPath(), ...args].map((word) => `'${word}'`).join(' ')
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TERM: 'dumb', NO_COLOR: '1', ES_JAVA_HOME: home.java, ELASTIC_PASSWORD: elasticPassword }
  const child = spawn('script', ['-qec', line, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  const closed = once(child, 'close') as Promise<[number | null]>
  let text = ''
  let left = [...answers]
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
    const [next] = left
    if (next === undefined || !text.includes(next[0])) return
    left = left.slice(1)
    child.stdin.write(`${next[1]}\r`)
  })
  const [code] = await closed
  return { code, text }
}

/** Runs a reset in a process of its own and kills it as soon as its superuser stands in the file realm. */
async function killedInTheMiddle(home: NodeHome, users: string): Promise<void> {
  const code = (path: string): string => JSON.stringify(new URL(`../../../engine/${path}`, import.meta.url).href)
  const script = `
    import { inspect } from ${code('installation/inspect.ts')}
    import { newPassword } from ${code('setup/new-password.ts')}
    const installation = await inspect({ home: ${JSON.stringify(home.home)} }, { ...process.env, ES_JAVA_HOME: ${JSON.stringify(home.java)} })
    await newPassword(installation, { username: 'elastic', password: null }, undefined)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  for await (const _ of watch(dirname(users), { signal: AbortSignal.timeout(60_000) })) {
    if ((await readFile(users, 'utf8')).includes('firstnode_')) break
  }
  child.kill('SIGKILL')
  await ended
}
