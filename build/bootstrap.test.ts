import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseHost } from './choose-host.mjs'
import { mayOffer } from './offer-desktop.mjs'
import { matches } from './installed.mjs'
import { inRoot } from './root.mjs'
import { stampOf } from './stamp.mjs'

let folder: string
const at = (...parts: string[]) => join(folder, ...parts)
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-build-'))
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

describe('what is installed', () => {
  const wanted = { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0', optional: true } }

  test('an optional package of another platform may be absent, any other may not', () => {
    expect(matches(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true)
    expect(matches(wanted, { 'node_modules/b': { version: '2.0.0' } })).toBe(false)
  })

  test('another version is not what is wanted, optional or not', () => {
    expect(matches(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false)
    expect(matches(wanted, { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '3.0.0' } })).toBe(false)
  })
})

describe('the stamp of a build', () => {
  beforeEach(async () => {
    await mkdir(at('src', 'deep'), { recursive: true })
    await writeFile(at('src', 'deep', 'a.ts'), 'a')
    await writeFile(at('lock.json'), '{}')
  })
  const stamp = () => stampOf(['src', 'lock.json', 'missing'], at)

  test('changes with the content, the name and the number of its sources', async () => {
    const seen = [stamp()]
    await writeFile(at('src', 'deep', 'a.ts'), 'b')
    seen.push(stamp())
    await writeFile(at('src', 'b.ts'), 'b')
    seen.push(stamp())
    await rm(at('src', 'deep', 'a.ts'))
    seen.push(stamp())
    expect(new Set(seen).size).toBe(4)
  })

  test('does not change with times, nor with tests', async () => {
    const before = stamp()
    await utimes(at('lock.json'), new Date(0), new Date(0))
    await writeFile(at('src', 'a.test.ts'), 'a test')
    await writeFile(at('src', 'page.test.tsx'), 'a test')
    expect(stamp()).toBe(before)
  })
})

describe('the host that is started', () => {
  const surroundings = { platform: 'linux' as const, env: { DISPLAY: ':0' }, uid: 1000, argv: [] }
  const namespaces = () => true
  const desktop = async (binary: boolean) => {
    await mkdir(at('dist', 'electron'), { recursive: true })
    await writeFile(at('dist', 'electron', 'main.js'), '')
    await mkdir(at('node_modules', 'electron', 'dist'), { recursive: true })
    if (!binary) return
    await writeFile(at('node_modules', 'electron', 'path.txt'), 'electron')
    await writeFile(at('node_modules', 'electron', 'dist', 'electron'), '')
  }

  test('is the browser host where the desktop is not built or its binary was not fetched', async () => {
    expect(chooseHost(surroundings, at, namespaces).name).toBe('browser')
    await desktop(false)
    expect(chooseHost(surroundings, at, namespaces).name).toBe('browser')
  })

  test('is the desktop of a fresh checkout as well, built from its sources', async () => {
    await mkdir(at('electron'))
    await writeFile(at('electron', 'main.ts'), '')
    await mkdir(at('elsewhere'))
    await writeFile(at('elsewhere', 'electron'), '')
    const env = { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: at('elsewhere') }
    expect(chooseHost({ ...surroundings, env }, at, namespaces)).toMatchObject({ name: 'electron', parts: ['renderer', 'electron'], executable: at('elsewhere', 'electron') })
  })

  test('is the desktop where it can run, and the browser host without a display, as root or when an address is asked for', async () => {
    await desktop(true)
    expect(chooseHost(surroundings, at, namespaces)).toMatchObject({ name: 'electron', executable: at('node_modules', 'electron', 'dist', 'electron') })
    expect(chooseHost({ ...surroundings, env: {} }, at, namespaces).name).toBe('browser')
    expect(chooseHost({ ...surroundings, uid: 0 }, at, namespaces).name).toBe('browser')
    expect(chooseHost({ ...surroundings, argv: ['--no-open'] }, at, namespaces).name).toBe('browser')
    expect(chooseHost({ ...surroundings, platform: 'win32', env: {}, uid: null }, at, namespaces).name).toBe('electron')
  })

  test('is the browser host, and says why, where the sandbox of Electron has neither namespaces nor its helper', async () => {
    await desktop(true)
    const host = chooseHost(surroundings, at, () => false)
    expect(host).toMatchObject({ name: 'browser', why: expect.stringContaining('sysctl -w kernel.apparmor_restrict_unprivileged_userns=0') as string })
    expect(chooseHost({ ...surroundings, platform: 'darwin' }, at, () => false).name).toBe('electron')
  })

  if (process.getuid?.() === 0) {
    test('is the desktop where the helper of the sandbox is root\'s with its bit', async () => {
      await desktop(true)
      const helper = at('node_modules', 'electron', 'dist', 'chrome-sandbox')
      await writeFile(helper, '')
      await chmod(helper, 0o4755)
      expect(chooseHost(surroundings, at, () => false).name).toBe('electron')
    })
  }
})

describe('fetching the binary of the desktop', () => {
  const surroundings = { platform: 'linux' as const, env: { DISPLAY: ':0' }, uid: 1000, argv: [], terminal: true }
  beforeEach(async () => {
    await mkdir(at('electron'))
    await writeFile(at('electron', 'main.ts'), '')
  })

  test('is offered to somebody at a terminal with a display, once', async () => {
    expect(mayOffer(surroundings, at)).toBe(true)
    await mkdir(at('dist'))
    await writeFile(at('dist', '.desktop-asked'), '')
    expect(mayOffer(surroundings, at)).toBe(false)
  })

  test('is never offered without a terminal, without a display, to root, in continuous integration, or where an address is asked for', () => {
    for (const other of [{ terminal: false }, { env: {} }, { uid: 0 }, { env: { DISPLAY: ':0', CI: 'true' } }, { argv: ['--no-open'] }]) {
      expect(mayOffer({ ...surroundings, ...other }, at)).toBe(false)
    }
  })

  test('is not offered where it was fetched, nor where there is no desktop to show', async () => {
    await mkdir(at('node_modules', 'electron', 'dist'), { recursive: true })
    await writeFile(at('node_modules', 'electron', 'path.txt'), 'electron')
    await writeFile(at('node_modules', 'electron', 'dist', 'electron'), '')
    expect(mayOffer(surroundings, at)).toBe(false)
    await rm(at('node_modules'), { recursive: true })
    await rm(at('electron'), { recursive: true })
    expect(mayOffer(surroundings, at)).toBe(false)
  })

  test.each([
    ['y', 'Fetched.', "require('fs').writeFileSync(__dirname + '/path.txt', 'electron')", true],
    ['y', 'could not be fetched: see above. Firstnode goes on in the browser', 'process.exit(1)', false],
    ['n', 'Then in the browser', "require('fs').writeFileSync(__dirname + '/path.txt', 'electron')", false],
  ])('after "%s" it says "%s", and fetches by the install module of Electron itself or not at all', async (answer, said, install, fetched) => {
    await mkdir(at('node_modules', 'electron'), { recursive: true })
    await writeFile(at('node_modules', 'electron', 'install.js'), install)
    const script = `import { join } from 'node:path'
import { offerDesktop } from ${JSON.stringify(pathToFileURL(inRoot('build', 'offer-desktop.mjs')).href)}
await offerDesktop((...parts) => join(${JSON.stringify(folder)}, ...parts))`
    await writeFile(at('offer.mjs'), script)
    const child = spawn(process.execPath, [at('offer.mjs')], { stdio: ['pipe', 'inherit', 'pipe'] })
    children.push(child)
    let output = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stdin.end(`${answer}\n`)
    await once(child, 'close')
    expect(output).toContain('the wizard opens in the browser')
    expect(output).toContain(said)
    expect(existsSync(at('node_modules', 'electron', 'path.txt'))).toBe(fetched)
    expect(existsSync(at('dist', '.desktop-asked'))).toBe(true)
  })
})

describe('a program that is run', () => {
  const runner = `import { run } from ${JSON.stringify(pathToFileURL(inRoot('build', 'run.mjs')).href)}
process.exitCode = await run(process.execPath, ['-e', process.argv[2]], { stdio: ['ignore', 'inherit', 'inherit'] })`

  async function start(script: string): Promise<ChildProcess> {
    await writeFile(at('runner.mjs'), runner)
    const child = spawn(process.execPath, [at('runner.mjs'), script], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    return child
  }

  test('gives its exit status', async () => {
    const [status] = await once(await start('process.exit(7)'), 'close')
    expect(status).toBe(7)
  })

  test('gets the signals of whoever runs it, and may end in its own time', async () => {
    const child = await start("process.on('SIGTERM', () => setTimeout(() => process.exit(9), 50)); setInterval(() => {}, 1000); console.log('up')")
    await once(child.stdout!, 'data')
    child.kill('SIGTERM')
    const [status] = await once(child, 'close')
    expect(status).toBe(9)
  })
})

test('of several processes that install or build at once, one does at a time, and a dead one holds nobody up', async () => {
  await mkdir(at('build'))
  for (const name of ['one-at-a-time.mjs', 'root.mjs']) await copyFile(inRoot('build', name), at('build', name))
  await mkdir(at('dist'))
  await writeFile(at('dist', '.lock'), '999999999')
  const script = `import { oneAtATime } from './build/one-at-a-time.mjs'
import { setTimeout } from 'node:timers/promises'
await oneAtATime(async () => { console.log('in'); await setTimeout(60); console.log('out') })`
  await writeFile(at('one.mjs'), script)
  const output: string[] = []
  const all = Array.from({ length: 4 }, () => {
    const child = spawn(process.execPath, [at('one.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(...text.trim().split('\n')))
    return once(child, 'close')
  })
  await Promise.all(all)
  expect(output).toEqual(Array.from({ length: 4 }, () => ['in', 'out']).flat())
})

test('a script of npm ends when the shell that npm ran it in is gone', async () => {
  const script = `import { endWithParent } from ${JSON.stringify(pathToFileURL(inRoot('build', 'parent.mjs')).href)}
process.on('SIGTERM', () => { console.log('told'); process.exit(0) })
endWithParent({ every: 20 })
setInterval(() => {}, 1000)
console.log('up ' + process.pid)`
  await writeFile(at('script.mjs'), script)
  const shell = spawn(process.execPath, ['-e', `require('child_process').spawn(process.execPath, [${JSON.stringify(at('script.mjs'))}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  })
  children.push(shell)
  let output = ''
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await expect.poll(() => output).toContain('up')
  shell.kill('SIGKILL')
  await expect.poll(() => output).toContain('told')
})
