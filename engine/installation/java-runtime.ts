import { execFile } from 'node:child_process'
import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Account, JavaRuntime } from '../../shared/contract/installation.ts'
import { MiB } from '../../shared/sizes.ts'
import { isRoot } from '../plan/folder.ts'
import { runAs } from './run-as.ts'

const run = promisify(execFile)

/** The executable below the home of a Java. */
export function javaExecutable(home: string, platform = process.platform): string {
  return join(home, 'bin', platform === 'win32' ? 'java.exe' : 'java')
}

/**
 * The Java in this home: its version from the `release` file, without starting it, else from `java -version`.
 * Null where there is no `bin/java`, or one that says no version. `account`: who will run it (null: the caller).
 */
export async function javaIn(home: string, source: JavaRuntime['source'], account: Account | null, platform = process.platform): Promise<JavaRuntime | null> {
  const executable = javaExecutable(home, platform)
  if (!(await isFile(executable))) return null
  const version = (await versionOfRelease(home)) ?? (await propertiesOf(executable, account))?.version ?? null
  const major = version === null ? null : majorOf(version)
  return version === null || major === null ? null : { home, executable, major, version, source }
}

/** The Java behind an executable of the path: through links, and through the stubs of Windows and macOS, which are not where Java is. */
export async function javaBehind(executable: string, source: JavaRuntime['source'], account: Account | null, platform = process.platform): Promise<JavaRuntime | null> {
  const real = await realpath(executable).catch(() => null)
  if (real === null) return null
  const home = dirname(dirname(real))
  if ((await versionOfRelease(home)) !== null) return javaIn(home, source, account, platform)
  // macOS has a /usr/bin/java that opens a dialog where no Java is installed: its JDKs are found by their folder.
  if (platform === 'darwin' && real.startsWith('/usr/bin/')) return null
  const said = await propertiesOf(real, account)
  return said?.home === undefined ? null : javaIn(said.home, source, account, platform)
}

/** `25.0.3` → 25, `1.8.0_392` → 8; null for what is no version of Java. */
export function majorOf(version: string): number | null {
  const match = /^(?:1\.)?(\d+)/.exec(version)
  return match === null ? null : Number(match[1])
}

async function versionOfRelease(home: string): Promise<string | null> {
  const text = await readFile(join(home, 'release'), 'utf8').catch(() => '')
  return /^JAVA_VERSION="?([^"\r\n]+)/m.exec(text)?.[1] ?? null
}

/** Asks the program itself, as the account that will run it: root runs nothing out of a home that belongs to somebody else. */
async function propertiesOf(executable: string, account: Account | null): Promise<{ home: string | undefined; version: string | null } | null> {
  const { words, options } = await runAs(isRoot() ? account : null, '/')
  const [program, ...args] = [...words, executable, '-XshowSettings:properties', '-version']
  const said = await run(program, args, { timeout: 10_000, windowsHide: true, ...options }).catch(() => null)
  if (said === null) return null
  const text = `${said.stderr}\n${said.stdout}`
  const home = /^\s*java\.home = (.+?)\s*$/m.exec(text)?.[1]
  const version = /^\s*java\.version = (\S+)/m.exec(text)?.[1] ?? /version "([^"]+)"/.exec(text)?.[1] ?? null
  return { home, version }
}

/** ms in which Java answers even on a machine that is very busy */
const patienceMs = 60_000

/**
 * Runs Java without a program (`-version` among `args`), as the account that will run the node (null: the caller's own):
 * root runs nothing out of a home that belongs to somebody else. Nothing of the caller's environment that adds options
 * reaches it. `input`: on its standard input. Null where it did not answer in time, or could not be run.
 */
export function runJava(executable: string, args: readonly string[], account: Account | null, input = ''): Promise<{ code: number; output: string } | null> {
  if (isRoot() && account === null) return Promise.resolve(null)
  const { PATH, Path, SystemRoot, TEMP, LD_LIBRARY_PATH } = process.env
  const env = { PATH, Path, SystemRoot, TEMP, LD_LIBRARY_PATH, LC_ALL: 'C' }
  const options = {
    timeout: patienceMs,
    killSignal: 'SIGKILL' as const,
    maxBuffer: 64 * MiB,
    windowsHide: true,
    env,
    // Java writes beside it what it has to say of its own death.
    cwd: process.platform === 'win32' ? dirname(dirname(executable)) : '/',
    ...(isRoot() && account !== null ? { uid: account.uid, gid: account.gid } : {}),
  }
  return new Promise((resolve) => {
    const child = execFile(executable, [...args], options, (failed, stdout, stderr) => {
      const code = failed === null ? 0 : failed.code
      resolve(typeof code === 'number' && failed?.killed !== true ? { code, output: `${stderr}\n${stdout}` } : null)
    })
    child.stdin?.on('error', () => undefined).end(input)
  })
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((stats) => stats.isFile(), () => false)
}
