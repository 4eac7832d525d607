import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { problem } from '../../shared/problems/problem.ts'
import { whereIs } from '../system/ask-system.ts'
import { practiceArtifact, practiceGroup, type PracticeVersion } from './practice-versions.ts'

const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1'

/** The `mvn` of this machine: of MAVEN_HOME, else of the path; null where there is none. */
export async function findMaven(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  const named = [env.MAVEN_HOME, env.M2_HOME].flatMap((home) => (home ? [join(home, 'bin')] : []))
  const folders = [...named, ...(env.PATH ?? env.Path ?? '').split(delimiter)].filter((folder) => folder !== '')
  for (const folder of folders) {
    const path = join(folder, platform === 'win32' ? 'mvn.cmd' : 'mvn')
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path
  }
  return null
}

/**
 * Fetches the package through the machine's own Maven settings (mirrors, proxies, credentials) below `folder` and gives its
 * path. Plugins go to the person's own local repository, where they stay for the next time; the package itself goes to one
 * of its own, so that nearly a gigabyte neither stays there nor is copied. `onBytes` tells what has arrived; 0 is told
 * as soon as Maven asks for the package. Problems: `maven_missing`, `practice_fetch_failed`.
 */
export async function fetchByMaven(asked: {
  wanted: PracticeVersion
  folder: string
  signal: AbortSignal
  onBytes: (done: number) => void
  env?: NodeJS.ProcessEnv
}): Promise<string> {
  const { wanted, folder, signal, onBytes, env = process.env } = asked
  const maven = await findMaven(env)
  if (maven === null) throw problem('maven_missing', {})
  const file = packageFile(wanted)
  await mkdir(join(folder, 'out'), { recursive: true })
  await writeFile(join(folder, 'pom.xml'), project(wanted))
  // The plugin wants to copy the package once more, but leaves a copy alone that is there already.
  await writeFile(join(folder, 'out', file), '')
  const watch = new AbortController()
  const watching = watchArrival(folder, wanted, onBytes, watch.signal)
  try {
    await runMaven(maven, folder, wanted.version, signal, env)
  } finally {
    watch.abort()
    await watching
  }
  return join(arrivalFolder(folder, wanted), file)
}

async function runMaven(maven: string, folder: string, version: string, signal: AbortSignal, env: NodeJS.ProcessEnv): Promise<void> {
  signal.throwIfAborted()
  const child = startMaven(maven, folder, env)
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const stop = (): void => endMaven(child)
  signal.addEventListener('abort', stop, { once: true })
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  }).finally(() => signal.removeEventListener('abort', stop))
  signal.throwIfAborted()
  if (code !== 0) throw problem('practice_fetch_failed', { version, why: reasonIn(said.join('')) }, { detail: said.join('').slice(-8000) })
}

function startMaven(maven: string, folder: string, env: NodeJS.ProcessEnv): ChildProcess {
  const words = ['-B', '-ntp', '-Dstyle.color=never', `${plugin}:copy`]
  const options = { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'], windowsHide: true }
  if (process.platform !== 'win32') return spawn(maven, words, options)
  // A .cmd runs in cmd.exe only; all the words are ours, and the folder is the working directory.
  return spawn(env.ComSpec ?? whereIs('cmd.exe'), ['/d', '/s', '/c', `""${maven}" ${words.join(' ')}"`], { ...options, windowsVerbatimArguments: true })
}

function endMaven(child: ChildProcess): void {
  if (process.platform === 'win32' && child.pid !== undefined) spawn(whereIs('taskkill.exe'), ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
  else child.kill('SIGTERM')
}

/**
 * How many bytes of the package have come to `folder`; null before Maven asks for it. Maven writes to a temporary name beside
 * the final one (`.part`, `.tmp`, by its version): the longest file there is it.
 */
export async function arrivedBytes(folder: string, wanted: PracticeVersion): Promise<number | null> {
  const at = arrivalFolder(folder, wanted)
  const names = await readdir(at).catch(() => null)
  if (names === null) return null
  const ours = names.filter((name) => name.includes(packageFile(wanted)))
  return Math.max(0, ...(await Promise.all(ours.map((name) => stat(join(at, name)).then(({ size }) => size, () => 0)))))
}

async function watchArrival(folder: string, wanted: PracticeVersion, onBytes: (done: number) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const done = await arrivedBytes(folder, wanted)
    if (done !== null) onBytes(done)
    await pause(200, undefined, { signal }).catch(() => undefined)
  }
}

function arrivalFolder(folder: string, wanted: PracticeVersion): string {
  return join(folder, 'repository', ...practiceGroup.split('.'), practiceArtifact, wanted.artifact)
}

function packageFile(wanted: PracticeVersion): string {
  return `${practiceArtifact}-${wanted.artifact}.zip`
}

/** The first thing Maven calls an error, without its own ornaments. */
function reasonIn(output: string): string {
  const line = output.split(/\r?\n/).find((one) => /^\[ERROR\]\s+\S/.test(one)) ?? output.trim().split(/\r?\n/).at(-1) ?? ''
  return line.replace(/^\[ERROR\]\s+/, '').replace(/ -> \[Help 1\]$/, '').slice(0, 600) || 'Maven ended without a word.'
}

function project(wanted: PracticeVersion): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>firstnode</groupId><artifactId>practice-copy</artifactId><version>1</version><packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>${plugin.split(':')[2]}</version>
    <configuration>
      <localRepositoryDirectory>\${project.basedir}/repository</localRepositoryDirectory>
      <outputDirectory>\${project.basedir}/out</outputDirectory>
      <overWriteReleases>false</overWriteReleases><overWriteIfNewer>false</overWriteIfNewer>
      <artifactItems><artifactItem>
        <groupId>${practiceGroup}</groupId><artifactId>${practiceArtifact}</artifactId><version>${wanted.artifact}</version><type>zip</type>
      </artifactItem></artifactItems>
    </configuration>
  </plugin></plugins></build>
</project>
`
}
