import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundledJdk, findJava } from './java.ts'
import { fits, javaNeeds } from './java-needs.ts'
import { foldersOfJava, usualJavaPlaces } from './java-places.ts'
import { javaBehind, javaExecutable, javaIn, majorOf } from './java-runtime.ts'
import { versionOfJar, type Version } from './version.ts'

let folder = ''
let home = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-java-'))
  home = join(folder, 'elasticsearch')
  await mkdir(home)
})
afterEach(() => rm(folder, { recursive: true }))

function version(text: string): Version {
  const found = versionOfJar(`elasticsearch-${text}.jar`)
  if (found === null) throw new Error(text)
  return found
}

async function jdk(path: string, javaVersion: string | null, script = '#!/bin/sh\nexit 1\n'): Promise<string> {
  await mkdir(join(path, 'bin'), { recursive: true })
  await writeFile(javaExecutable(path), script)
  await chmod(javaExecutable(path), 0o755)
  if (javaVersion !== null) await writeFile(join(path, 'release'), `IMPLEMENTOR="X"\nJAVA_VERSION="${javaVersion}"\n`)
  return path
}

/** Where this test keeps its JDKs, in place of the machine's own. */
function search(text: string, env: NodeJS.ProcessEnv = {}) {
  return findJava({ home, version: version(text), account: null, env, places: [{ around: join(folder, 'jvm'), inside: '' }] })
}

test('what each version needs: 17, from 9.0 on 21, and nothing newer than 23 up to 8.17', () => {
  expect(javaNeeds(version('8.0.0'))).toEqual({ min: 17, max: 23 })
  expect(javaNeeds(version('8.16.6'))).toEqual({ min: 17, max: 23 })
  expect(javaNeeds(version('8.17.10'))).toEqual({ min: 17, max: 23 })
  expect(javaNeeds(version('8.18.0'))).toEqual({ min: 17, max: null })
  expect(javaNeeds(version('9.4.3'))).toEqual({ min: 21, max: null })
  expect([fits(16, { min: 17, max: 23 }), fits(23, { min: 17, max: 23 }), fits(24, { min: 17, max: 23 })]).toEqual(['too old', 'fits', 'too new'])
})

test('Windows: quotes around a path in a variable are no part of it', async () => {
  const named = await jdk(join(folder, 'Program Files', 'jdk'), '21.0.1')
  await writeFile(join(named, 'bin', 'java.exe'), '')
  await chmod(join(named, 'bin', 'java.exe'), 0o755)
  const found = async (env: NodeJS.ProcessEnv) => (await findJava({ home, version: version('9.4.3'), account: null, env, platform: 'win32', places: [] })).java
  expect(await found({ ES_JAVA_HOME: `"${named}"` })).toMatchObject({ home: named, source: 'ES_JAVA_HOME' })
  expect(await found({ JAVA_HOME: `"${named}"` })).toMatchObject({ home: named, source: 'JAVA_HOME' })
  expect(await found({ Path: `C:\\nothing;"${join(named, 'bin')}"` })).toMatchObject({ home: named, source: 'path' })
})

test('the version of a Java is read from its release file, old numbering as well', async () => {
  expect(await javaIn(await jdk(join(folder, 'a'), '25.0.3'), 'JAVA_HOME', null)).toMatchObject({ major: 25, version: '25.0.3' })
  expect(majorOf('1.8.0_392')).toBe(8)
  expect(majorOf('17-ea')).toBe(17)
  expect(await javaIn(join(folder, 'nothing'), 'JAVA_HOME', null)).toBeNull()
})

test.skipIf(process.platform === 'win32')('a Java without a release file is asked, and a stub on the path leads to its real home', async () => {
  const real = await jdk(join(folder, 'real'), '21.0.1')
  const stub = await jdk(join(folder, 'stub'), null, `#!/bin/sh\necho '    java.home = ${real}' >&2\necho '    java.version = 21.0.1' >&2\n`)
  expect(await javaIn(stub, 'JAVA_HOME', null)).toMatchObject({ major: 21, home: stub })
  expect(await javaBehind(javaExecutable(stub), 'path', null)).toMatchObject({ major: 21, home: real, source: 'path' })
})

test('the bundled JDK is used, and ES_JAVA_HOME comes before it', async () => {
  await jdk(bundledJdk(home), '24')
  const other = await jdk(join(folder, 'other'), '21.0.5')
  expect((await search('9.4.3')).java).toMatchObject({ source: 'bundled', major: 24 })
  expect((await search('9.4.3', { JAVA_HOME: other })).java).toMatchObject({ source: 'bundled' })
  expect((await search('9.4.3', { ES_JAVA_HOME: other })).java).toMatchObject({ source: 'ES_JAVA_HOME', major: 21 })
  expect(bundledJdk('/es', 'darwin')).toBe(join('/es', 'jdk.app', 'Contents', 'Home'))
})

test('an ES_JAVA_HOME that leads nowhere is an error, however many others there are', async () => {
  await jdk(bundledJdk(home), '24')
  const found = await search('9.4.3', { ES_JAVA_HOME: join(folder, 'gone') })
  expect(found.java).toBeNull()
  expect(found.trouble).toMatchObject({ code: 'es_java_home_wrong' })
})

test('an ES_JAVA_HOME that is too old or too new is told, never replaced', async () => {
  const old = await jdk(join(folder, 'old'), '17.0.9')
  const young = await jdk(join(folder, 'young'), '25.0.3')
  await jdk(join(folder, 'jvm', 'fitting'), '21')
  expect(await search('9.4.3', { ES_JAVA_HOME: old })).toMatchObject({ java: { major: 17 }, trouble: { code: 'java_too_old' } })
  expect(await search('8.16.6', { ES_JAVA_HOME: young })).toMatchObject({ java: { major: 25 }, trouble: { code: 'java_too_new' } })
})

test('with nothing bundled a fitting one is taken from JAVA_HOME, the path, then the usual places', async () => {
  const [one, two, three] = await Promise.all([jdk(join(folder, 'one'), '17.0.1'), jdk(join(folder, 'two'), '22'), jdk(join(folder, 'jvm', 'three'), '23')])
  const PATH = [join(folder, 'nowhere'), join(two, 'bin')].join(delimiter)
  expect((await search('8.16.6', { JAVA_HOME: one, PATH })).java).toMatchObject({ source: 'JAVA_HOME', major: 17 })
  expect((await search('9.4.3', { JAVA_HOME: one, PATH })).java).toMatchObject({ source: 'path', major: 22 })
  expect((await search('9.4.3', { JAVA_HOME: one })).java).toMatchObject({ source: 'usual place', home: three })
})

test('among the usual places long-term releases come first', async () => {
  for (const [name, text] of [['a', '24'], ['b', '21.0.2'], ['c', '17.0.2'], ['d', '26']] as const) await jdk(join(folder, 'jvm', name), text)
  expect((await search('9.4.3')).java).toMatchObject({ major: 21 })
  expect((await search('8.16.6')).java).toMatchObject({ major: 21 })
})

test('with no Java at all, and with none that fits, it says so', async () => {
  expect(await search('9.4.3')).toMatchObject({ java: null, trouble: { code: 'no_java' } })
  const only = await jdk(join(folder, 'jvm', 'only'), '11.0.2')
  const found = await search('9.4.3')
  expect(found).toMatchObject({ java: { home: only }, trouble: { code: 'java_too_old' } })
  expect(found.trouble?.message).toContain('21 or newer')
  await jdk(join(folder, 'jvm', 'only'), '25')
  expect(await search('8.16.6')).toMatchObject({ trouble: { code: 'java_too_new' } })
})

test.skipIf(process.platform === 'win32')('a Java that the account of the node cannot reach is none', async () => {
  const own = await jdk(join(folder, 'own'), '21')
  const account = { name: null, uid: 54_321, gid: 54_321, groups: [54_321] }
  await chmod(folder, 0o700)
  const asked = { home, version: version('9.4.3'), account, places: [] }
  expect(await findJava({ ...asked, env: { JAVA_HOME: own } })).toMatchObject({ java: null, trouble: { code: 'no_java' } })
  expect(await findJava({ ...asked, env: { ES_JAVA_HOME: own } })).toMatchObject({ java: null, trouble: { code: 'es_java_home_wrong' } })
})

test('links to one Java are one, and each platform has its own places', async () => {
  await jdk(join(folder, 'jvm', 'java-21'), '21')
  await symlink(join(folder, 'jvm', 'java-21'), join(folder, 'jvm', 'default'))
  expect(await foldersOfJava([{ around: join(folder, 'jvm'), inside: '' }])).toHaveLength(1)
  expect(usualJavaPlaces('darwin', {}, '/Users/ada')[0]).toEqual({ around: '/Library/Java/JavaVirtualMachines', inside: join('Contents', 'Home') })
  expect(usualJavaPlaces('win32', { ProgramFiles: 'C:\\Program Files' }, 'C:\\Users\\ada').map(({ around }) => around)).toContain(join('C:\\Program Files', 'Eclipse Adoptium'))
  expect(usualJavaPlaces('linux', {}, '/home/ada').map(({ around }) => around)).toContain('/usr/lib/jvm')
})
