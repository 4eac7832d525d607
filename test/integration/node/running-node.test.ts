import { execFile } from 'node:child_process'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callOnce } from '../../../engine/cluster/try-it.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { nodeProcesses, serverProcesses } from '../../../engine/node/server-processes.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import type { LogLine, PhaseId } from '../../../shared/contract/setup.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstOf } from '../../support/in-turn.ts'
import { needsRoot } from '../../support/needs-root.ts'
import { securedHome, type SecuredHome } from './node-home.ts'

const run = promisify(execFile)
const isRoot = process.getuid?.() === 0
const keystorePassword = new Secret('a keystöre passw0rd')
/** no group of this machine, which is as good as one */
const furtherGroup = 4242
const strange = 'spaces "q" $x & ünïcode \'s'

describe.each(firstOf('8.16.6', '9.4.3'))('a node of Elasticsearch %s', (version) => {
  let home: SecuredHome
  let installation: Installation
  let started: StartedNode
  const phases: PhaseId[] = []
  const lines: LogLine[] = []

  beforeAll(async () => {
    home = await securedHome(version, { name: strange, keystorePassword })
    const { runAs, ...inspected } = await home.inspect()
    installation = { ...inspected, runAs: runAs === null ? null : { ...runAs, groups: [runAs.gid, furtherGroup] } }
    started = await startNode({
      installation,
      heap: '512m',
      keystorePassword,
      env: { ...process.env, ELASTIC_PASSWORD: 'leaks-1', ENROLLMENT_TOKEN: 'leaks-2', KEYSTORE_PASSWORD: 'leaks-3', RACK: 'kept', ES_JAVA_HOME: '/nowhere' },
      onPhase: (id) => phases.push(id),
      onLog: (batch) => void lines.push(...batch),
    })
  })

  afterAll(async () => {
    try {
      if (await findNode(installation)) await stopNode({ installation })
      await started.letGo()
    } finally {
      await home.remove()
    }
  })

  test('answers with our password over TLS that its CA proves', async () => {
    const { caPem } = home
    await waitUntilAnswering({ url: home.url, caPem, password: home.password, died: () => started.died() })
    const { status } = await callOnce({ url: home.url, caPem, caPath: 'http_ca.crt', user: 'elastic', password: home.password })
    expect(status).toBe(200)
  })

  test('told its phases in their order, with the time each took, and its log', () => {
    expect(phases.filter((id) => id !== 'answering')).toEqual(['jvm', 'modules', 'tls', 'listening', 'elected', 'security-index'])
    expect(started.timings().modules).toBeGreaterThan(0)
    expect(lines.some(({ text }) => text.startsWith('version['))).toBe(true)
    expect(lines.filter(({ text }) => text.startsWith('started {')).length).toBe(1)
    expect(lines.map(({ text }) => text).join('\n')).not.toContain(keystorePassword.reveal())
  })

  test('is the server itself, as the owner of the home, with the groups of that owner alone', async () => {
    const { pid, name, logFile } = started.node
    expect(name).toBe('n1')
    expect(logFile).toBe(join(home.home, 'logs', 'elasticsearch_server.json'))
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(status).toMatch(new RegExp(`^Uid:\\s${home.account.uid}\\s`, 'm'))
    expect(status).toMatch(new RegExp(`^Gid:\\s${home.account.gid}\\s`, 'm'))
    const groups = (/^Groups:[ \t]*(.*)$/m.exec(status)?.[1] ?? '').trim().split(/\s+/).filter((one) => one !== '' && one !== String(home.account.gid))
    // An ordinary caller starts the node as itself, with its groups.
    const own = isRoot ? [furtherGroup] : (process.getgroups?.() ?? []).filter((one) => one !== home.account.gid)
    expect(groups).toEqual(own.map(String))
  })

  test('is in a session of its own, and holds nothing of the caller', async () => {
    const stat = await readFile(`/proc/${started.node.pid}/stat`, 'utf8')
    const own = await readFile('/proc/self/stat', 'utf8')
    const session = (text: string): string | undefined => text.slice(text.lastIndexOf(')') + 2).split(' ')[3]
    expect(session(stat)).not.toBe(session(own))
    const fds = await readdir(`/proc/${started.node.pid}/fd`)
    const targets = await Promise.all(fds.map((fd) => readlink(`/proc/${started.node.pid}/fd/${fd}`).catch(() => '')))
    expect(targets.filter((target) => /\/dev\/(pts|tty)|vitest|firstnode-start/.test(target))).toEqual([])
    expect(targets[fds.indexOf('1')]).toBe('/dev/null')
  })

  test('has no secret in its arguments or its environment, but the rest of the caller\'s', async () => {
    const { pid } = started.node
    const seen = `${await readFile(`/proc/${pid}/cmdline`, 'utf8')}\0${await readFile(`/proc/${pid}/environ`, 'utf8')}`
    expect(seen).not.toMatch(/leaks-/)
    expect(seen).not.toContain(keystorePassword.reveal())
    expect(seen).toContain('RACK=kept')
    expect(seen).toContain('LC_ALL=C.UTF-8')
  })

  test('did not configure itself, and printed nothing that is not in its log', async () => {
    expect(await readFile(join(home.home, 'logs', 'firstnode-start.err'), 'utf8')).not.toMatch(/Exception|password for the elastic user/i)
    const { mode, uid } = await stat(join(home.home, 'logs', 'firstnode-start.out'))
    expect([mode & 0o777, uid]).toEqual([0o640, home.account.uid])
  })

  test('its record is the owner\'s alone and holds no secret', async () => {
    const path = join(home.home, 'config', '.firstnode', 'node.json')
    const { mode, uid } = await stat(path)
    expect([mode & 0o777, uid]).toEqual([0o600, home.account.uid])
    const text = await readFile(path, 'utf8')
    expect(text).toContain(String(started.node.pid))
    expect(text).not.toMatch(/passw/)
  })

  test('is found again by another process', async () => {
    const code = `
      import { inspect } from ${JSON.stringify(new URL('../../../engine/installation/inspect.ts', import.meta.url).href)}
      import { findNode } from ${JSON.stringify(new URL('../../../engine/node/find-node.ts', import.meta.url).href)}
      console.log(JSON.stringify(await findNode(await inspect({ home: process.env.TARGET }))))`
    const { stdout } = await run(process.execPath, ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', code], {
      env: { ...process.env, TARGET: home.home, ES_JAVA_HOME: home.java },
    })
    expect(JSON.parse(stdout)).toEqual(started.node)
  })

  test('is not started twice', async () => {
    await expect(startNode({ installation })).rejects.toMatchObject({ code: 'already_running' })
  })

  test('is left alone by an account that may not stop it', async () => {
    needsRoot('becomes a stranger to the node')
    const code = `
      import { stopNode } from ${JSON.stringify(new URL('../../../engine/node/stop.ts', import.meta.url).href)}
      try { await stopNode({ installation: JSON.parse(process.env.INSTALLATION) }) } catch (thrown) { console.log(thrown.code) }`
    const { stdout } = await run(process.execPath, ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', code], {
      env: { PATH: process.env.PATH, INSTALLATION: JSON.stringify(installation) },
      uid: home.account.uid + 1,
      gid: home.account.gid + 1,
    })
    expect(stdout.trim()).toBe('not_yours_to_stop')
    expect(await findNode(installation)).not.toBeNull()
  })

  test('is asked to stop, and then nothing of it runs and no record of it is left', async () => {
    const stopped = await stopNode({ installation })
    expect(stopped).toMatchObject({ pid: started.node.pid, insisted: false })
    expect(await serverProcesses(installation)).toEqual([])
    expect(await findNode(installation)).toBeNull()
    await expect(readFile(join(home.home, 'config', '.firstnode', 'node.json'))).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(stopNode({ installation })).rejects.toMatchObject({ code: 'not_running' })
  })

  test('that ended by itself is told with its reason', async () => {
    expect((await started.died())?.code).toBe('start_failed')
  })

  test('started by stock\'s own script in the foreground is found and stopped, its launcher with it', async () => {
    const script = home.begin('elasticsearch', [], `${keystorePassword.reveal()}\n`)
    await expect.poll(() => serverProcesses(installation), { timeout: 600_000, interval: 200 }).toHaveLength(1)
    const roles = (await nodeProcesses(installation)).map(({ role }) => role)
    expect(roles.sort()).toEqual(['launcher', 'server'])
    expect((await findNode(installation))?.pid).toBe((await serverProcesses(installation))[0]?.pid)
    await stopNode({ installation })
    expect(await nodeProcesses(installation)).toEqual([])
    await script
  })
})
