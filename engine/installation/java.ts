import { join } from 'node:path'
import type { Account, Installation, JavaRuntime } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { mayAccess } from './access.ts'
import { fits, javaNeeds, type JavaNeeds } from './java-needs.ts'
import { foldersOfJava, usualJavaPlaces, type JavaPlace } from './java-places.ts'
import { javaBehind, javaExecutable, javaIn } from './java-runtime.ts'
import type { Version } from './version.ts'

export interface FoundJava {
  readonly java: JavaRuntime | null
  /** `no_java`, `java_too_old`, `java_too_new` or `es_java_home_wrong`; null where all is well */
  readonly trouble: Problem | null
  readonly needs: JavaNeeds
}

export interface JavaSearch {
  readonly home: string
  readonly version: Version
  /** who will run it: a Java in another person's folder is none; null is the caller */
  readonly account: Account | null
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  readonly places?: readonly JavaPlace[]
}

/**
 * The Java this Elasticsearch will run on, in its own order: `ES_JAVA_HOME`, the bundled `jdk`; where neither is there, a
 * fitting one from `JAVA_HOME`, the path and the usual places, which the launcher must hand over as `ES_JAVA_HOME` because
 * Elasticsearch looks no further (bin/elasticsearch-env). An `ES_JAVA_HOME` that will not do is never replaced.
 */
export async function findJava(search: JavaSearch): Promise<FoundJava> {
  const { env = process.env, platform = process.platform } = search
  const needs = javaNeeds(search.version)
  const named = withoutQuotes(env.ES_JAVA_HOME ?? '', platform)
  if (named) return namedJava(named, search, needs, platform)
  const bundled = await javaIn(bundledJdk(search.home, platform), 'bundled', search.account, platform)
  if (bundled !== null) return judged(bundled, search, needs)
  const candidates = await reachable(await otherJavas(search, env, platform), search.account, platform)
  const java = candidates.find(({ major }) => fits(major, needs) === 'fits') ?? candidates[0]
  if (java === undefined) return { java: null, trouble: problem('no_java', { version: search.version.text, ...needs }), needs }
  return judged(java, search, needs)
}

/** People on Windows put paths with blanks in quotes, which become part of the value: `set ES_JAVA_HOME="C:\Program Files\jdk"`. No path there holds one. */
function withoutQuotes(path: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? path.replaceAll('"', '').trim() : path
}

/** Where an archive brings its own JDK. */
export function bundledJdk(home: string, platform = process.platform): string {
  return platform === 'darwin' ? join(home, 'jdk.app', 'Contents', 'Home') : join(home, 'jdk')
}

/** A problem as the contract's data, for checks that tell it instead of throwing. */
export function asTrouble(trouble: Problem | null): Installation['javaTrouble'] {
  return trouble === null ? null : { code: trouble.code, message: trouble.message, remedy: trouble.remedy }
}

async function namedJava(path: string, search: JavaSearch, needs: JavaNeeds, platform: NodeJS.Platform): Promise<FoundJava> {
  const executable = javaExecutable(path, platform)
  const java = await javaIn(path, 'ES_JAVA_HOME', search.account, platform)
  const why = java === null ? `${executable} is not there or does not run` : `${executable} may not be run by the account of the node`
  if (java === null || !(await mayAccess(executable, search.account, 'x', platform))) {
    return { java: null, trouble: problem('es_java_home_wrong', { path, why }), needs }
  }
  return judged(java, search, needs)
}

function judged(java: JavaRuntime, { version }: JavaSearch, needs: JavaNeeds): FoundJava {
  const known = { version: version.text, ...needs, java: java.version, home: java.home }
  const verdict = fits(java.major, needs)
  if (verdict === 'fits') return { java, trouble: null, needs }
  return { java, trouble: problem(verdict === 'too old' ? 'java_too_old' : 'java_too_new', known), needs }
}

async function otherJavas(search: JavaSearch, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<JavaRuntime[]> {
  const executable = platform === 'win32' ? 'java.exe' : 'java'
  const onPath = (env.PATH ?? env.Path ?? '').split(platform === 'win32' ? ';' : ':').map((folder) => withoutQuotes(folder, platform)).filter((folder) => folder !== '')
  const folders = await foldersOfJava(search.places ?? usualJavaPlaces(platform, env))
  const [home, path, usual] = await Promise.all([
    env.JAVA_HOME ? javaIn(withoutQuotes(env.JAVA_HOME, platform), 'JAVA_HOME', search.account, platform) : null,
    Promise.all(onPath.map((folder) => javaBehind(join(folder, executable), 'path', search.account, platform))),
    Promise.all(folders.map((folder) => javaIn(folder, 'usual place', search.account, platform))),
  ])
  const found = [home, ...path, ...usual.toSorted(longTermFirst)].filter((java) => java !== null)
  return found.filter((java, index) => found.findIndex((one) => one.home === java.home) === index)
}

/** Long-term releases (17, 21, 25, …) first: they are what people run Elasticsearch on; then the newest. */
function longTermFirst(a: JavaRuntime | null, b: JavaRuntime | null): number {
  const rank = (java: JavaRuntime | null): number => (java === null ? -1 : java.major + (java.major % 4 === 1 && java.major >= 17 ? 1000 : 0))
  return rank(b) - rank(a)
}

async function reachable(javas: readonly JavaRuntime[], account: Account | null, platform: NodeJS.Platform): Promise<JavaRuntime[]> {
  const may = await Promise.all(javas.map(({ executable }) => mayAccess(executable, account, 'x', platform)))
  return javas.filter((_, index) => may[index])
}
