import { execFileSync, spawn } from 'node:child_process'
import { appendFile, chmod, chown, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foldersOfJava, usualJavaPlaces } from '../../../engine/installation/java-places.ts'
import { javaIn } from '../../../engine/installation/java-runtime.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { serverProcesses } from '../../../engine/node/server-processes.ts'
import { startNode, type StartOptions } from '../../../engine/node/start.ts'
import { stopNode, type Stopped } from '../../../engine/node/stop.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import type { LogLine, PhaseId } from '../../../shared/contract/setup.ts'
import { Problem } from '../../../shared/problems/problem.ts'
import { Secret } from '../../../shared/secret.ts'
import { practiceVersions } from '../../support/fresh-home.ts'
import { firstOf, lengthy, onlyOn } from '../../support/in-turn.ts'
import { needsRoot } from '../../support/needs-root.ts'
import { giveTo, nodeHome, type NodeHome } from './node-home.ts'

const isRoot = process.getuid?.() === 0

interface Failure {
  readonly problem: Problem
  /** the line that explains it, as it was marked */
  readonly line: string
}

describe.each(practiceVersions)('a start of Elasticsearch %s that fails', (version) => {
  let home: NodeHome
  let installation: Installation
  let settings = ''
  const on = onlyOn(version)
  const yml = (): string => join(home.home, 'config', 'elasticsearch.yml')

  beforeAll(async () => {
    home = await nodeHome(version, ['xpack.security.enabled: false'], 'failing & "odd"')
    settings = await readFile(yml(), 'utf8')
    installation = await home.inspect()
  })

  beforeEach(async () => {
    await writeFile(yml(), settings)
    await rm(join(home.home, 'data'), { recursive: true, force: true })
  })

  afterAll(() => home.remove())

  async function failing(options: Partial<StartOptions> = {}): Promise<Failure> {
    const explaining: LogLine[] = []
    const given: LogLine[] = []
    const outcome = await startNode({
      installation,
      heap: '512m',
      onLog: (lines) => void given.push(...lines),
      onExplained: (line) => void explaining.push(line),
      ...options,
    }).catch((thrown: unknown) => thrown)
    expect(outcome).toBeInstanceOf(Problem)
    expect(await serverProcesses(installation)).toEqual([])
    expect(await findNode(installation)).toBeNull()
    expect(explaining.filter((line) => !given.includes(line))).toEqual([])
    return { problem: outcome as Problem, line: explaining[0]?.text ?? '' }
  }

  lengthy('for a transport port that is taken: says which', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(home.transportPort, '127.0.0.1', () => done()))
    try {
      const { problem, line } = await failing()
      expect(problem).toMatchObject({ code: 'node_port_taken', message: expect.stringContaining(String(home.transportPort)) })
      expect(line).toContain('BindTransportException')
    } finally {
      await new Promise((done) => other.close(done))
    }
  })

  on('8.16.6')('for a setting it does not know: names it and the likely one', async () => {
    await appendFile(yml(), 'clutser.name: x\n')
    const { problem, line } = await failing()
    expect(problem).toMatchObject({ code: 'unknown_setting', message: expect.stringMatching(/clutser\.name.*cluster\.name/) })
    expect(line).toContain('unknown setting')
  })

  on('8.16.6')('for a Java it cannot use: says so though the node was already being launched', async () => {
    const major = version === '8.16.6' ? 25 : 17
    const folders = await foldersOfJava(usualJavaPlaces(process.platform))
    const found = await Promise.all(folders.map((folder) => javaIn(folder, 'usual place', null)))
    const java = found.find((one) => one?.major === major) ?? null
    expect(java, `JDK ${major} is needed for this test`).not.toBeNull()
    const { problem } = await failing({ installation: { ...installation, java, javaTrouble: null } })
    expect(problem.code).toBe('wrong_java')
  })

  lengthy('for the password of its keystore: wrong, and none', async () => {
    const keystore = join(home.home, 'config', 'elasticsearch.keystore')
    // A start that came as far as the node has made one.
    await rm(keystore, { force: true })
    await home.tool('elasticsearch-keystore', ['create', '-p'], 'right one\nright one\n')
    try {
      expect((await failing({ keystorePassword: new Secret('wrong one') })).problem.code).toBe('keystore_wrong_password')
      expect((await failing()).problem.code).toBe('keystore_locked')
    } finally {
      await rm(keystore)
    }
  })

  on('8.16.6')('for a torn keystore', async () => {
    const keystore = join(home.home, 'config', 'elasticsearch.keystore')
    await writeFile(keystore, 'not a keystore')
    await giveTo(keystore, home.account)
    try {
      expect((await failing()).problem.code).toBe('keystore_torn')
    } finally {
      await rm(keystore)
    }
  })

  on('8.16.6')('for more heap than can be reserved, and for an option Java does not know', async () => {
    const { problem } = await failing({ heap: '500t' })
    expect(problem.code).toBe('not_enough_memory')
    const options = join(home.home, 'config', 'jvm.options.d', 'odd.options')
    await mkdir(dirname(options), { recursive: true })
    await writeFile(options, '-XX:+NoSuchThing\n')
    try {
      expect((await failing()).problem).toMatchObject({ code: 'bad_jvm_option', message: expect.stringContaining('NoSuchThing') })
    } finally {
      await rm(dirname(options), { recursive: true })
    }
  })

  lengthy('for a bootstrap check, told with what to change', async () => {
    const { problem, line } = await failing({ env: { ...process.env, ES_JAVA_OPTS: `${process.env.ES_JAVA_OPTS ?? ''} -Des.enforce.bootstrap.checks=true -Xms256m -Xmx300m` }, heap: undefined })
    expect(problem.code).toBe('bootstrap_check')
    expect(problem.message).toContain('discovery settings')
    expect(line).toContain('bootstrap check')
  })

  lengthy('for a data folder that another node holds', async () => {
    const data = join(home.home, 'data')
    await mkdir(data)
    await giveTo(data, home.account)
    const locker = join(home.home, 'Locker.java')
    await writeFile(
      locker,
      'class Locker { public static void main(String[] a) throws Exception { var f = new java.io.RandomAccessFile(a[0], "rw"); f.getChannel().lock(); System.out.println("held"); System.in.read(); } }',
    )
    const holder = spawn(join(home.java, 'bin', 'java'), [locker, join(data, 'node.lock')], { stdio: ['pipe', 'pipe', 'inherit'] })
    try {
      await new Promise<void>((done, failed) => {
        holder.stdout.once('data', () => done())
        holder.once('exit', () => failed(new Error('the lock could not be taken')))
      })
      await giveTo(join(data, 'node.lock'), home.account)
      expect((await failing()).problem).toMatchObject({ code: 'node_lock_held', message: expect.stringContaining(data) })
    } finally {
      holder.kill()
      await rm(locker)
    }
  })

  on('9.4.3')('for being killed on the way, and nothing of it is left', async () => {
    const killer = (async () => {
      for (;;) {
        const server = (await serverProcesses(installation))[0]
        if (server !== undefined) return process.kill(server.pid, 'SIGKILL')
      }
    })()
    const { problem } = await failing()
    await killer
    expect(problem).toMatchObject({ code: 'node_killed', message: expect.stringContaining('SIGKILL') })
  })

  on('9.4.3')('for a stop by somebody else while there is only a launcher: no server comes after it', async () => {
    const stopped = Promise.withResolvers<Stopped>()
    const { problem } = await failing({
      onPhase: (id) => {
        if (id === 'jvm') void stopNode({ installation }).then(stopped.resolve, stopped.reject)
      },
    })
    expect(problem.code).toBe('node_killed')
    expect((await stopped.promise).insisted).toBe(false)
  })

  test.each(firstOf('jvm' as const, 'modules' as const))('for a cancel while it is at "%s": all that it had started is gone, and it has not configured itself', async (when) => {
    const ready = settings.replace('xpack.security.enabled: false', '')
    await writeFile(yml(), ready)
    const controller = new AbortController()
    const { problem } = await failing({
      signal: controller.signal,
      onPhase: (id) => {
        if (id === when) setTimeout(() => controller.abort(), 300)
      },
    })
    expect(problem.code).toBe('cancelled')
    expect(await readdir(join(home.home, 'config'))).not.toContain('certs')
    expect(await readFile(yml(), 'utf8')).toBe(ready)
  })

  on('9.4.3')('for a data folder the account may not write', async () => {
    const data = join(home.home, 'data')
    await mkdir(data)
    if (isRoot) await chown(data, 0, 0)
    await chmod(data, 0o500)
    const { problem } = await failing()
    expect(problem).toMatchObject({ code: 'node_permission_denied', message: expect.stringContaining(data) })
  })

  lengthy('only when we cancel it, as a number behind which there is no account', async () => {
    needsRoot('starts a node as somebody else')
    const { uid, gid } = home.account
    const nobody = { name: null, uid: 54_321, gid: 54_321, groups: [54_321] }
    const change = (to: string): unknown => execFileSync('chown', ['-R', to, home.home])
    change(`${nobody.uid}:${nobody.gid}`)
    const controller = new AbortController()
    const phases: PhaseId[] = []
    try {
      const { problem } = await failing({
        installation: { ...installation, runAs: nobody },
        signal: controller.signal,
        onPhase: (id) => {
          phases.push(id)
          if (id === 'listening') controller.abort()
        },
      })
      expect(problem.code).toBe('cancelled')
      expect(phases).toContain('listening')
      expect((await stat(join(home.home, 'data', 'node.lock'))).uid).toBe(nobody.uid)
    } finally {
      change(`${uid}:${gid}`)
    }
  })

  async function onSmallDisk(options: string, prepare: (small: string) => Promise<void>): Promise<string> {
    needsRoot('mounts a small disk')
    const small = join(home.home, 'small')
    await mkdir(small, { recursive: true })
    await writeFile(yml(), `${settings}path.data: ${JSON.stringify(small)}\n`)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `${options},uid=${home.account.uid},gid=${home.account.gid},mode=0755`, 'tmpfs', small])
    try {
      await prepare(small)
      return (await failing()).problem.code
    } finally {
      execFileSync('umount', [small])
    }
  }

  lengthy('for a full disk', async () => {
    expect(await onSmallDisk('size=16k', (small) => writeFile(join(small, 'filler'), Buffer.alloc(12 * 1024)))).toBe('disk_full')
  })

  lengthy('for a read-only disk', async () => {
    expect(await onSmallDisk('size=1m,ro', () => Promise.resolve())).toBe('disk_read_only')
  })
})
