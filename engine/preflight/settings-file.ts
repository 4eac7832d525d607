import { stat } from 'node:fs/promises'
import { asProblem, problem, Problem } from '../../shared/problems/problem.ts'
import { mayAccess } from '../installation/access.ts'
import { notForOwner, readOwned } from '../installation/read-owned.ts'
import { launchEnvironment, type NodeHome } from '../node/launch-environment.ts'
import { configPaths } from '../security/config-paths.ts'
import { withoutTakenSecrets } from '../secret-variables.ts'
import type { Ask } from '../system/ask-system.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'
import { variableNames, type Environment } from './placeholders.ts'
import { readSettings, settingsLimit, type Settings } from './settings.ts'

/** Who reads, where that is not this process as it is. */
export interface Reading {
  /** the caller's environment, of which the launcher makes the node's */
  readonly env?: Environment | undefined
  /** settings that stand above the file, as `-E` gives them */
  readonly given?: Readonly<Record<string, string>> | undefined
  readonly platform?: NodeJS.Platform | undefined
  readonly ask?: Ask | undefined
}

/** What stands around `elasticsearch.yml` when its node reads it. */
export interface Surroundings {
  readonly env: Environment
  readonly given: Readonly<Record<string, string>>
}

/** The one place that says in which environment, and below which settings, the node of this home reads this text of an `elasticsearch.yml`. */
export async function surroundingsOf(home: NodeHome, text: string, { env, given, platform, ask }: Reading = {}): Promise<Surroundings> {
  const refers = variableNames(text)
  return { env: await launchEnvironment(home, { env, platform, ask, refers }), given: { 'path.home': home.home, ...given } }
}

/** What the node of this home reads in a text of its `elasticsearch.yml`. Problems: `settings_…`. */
export async function readNodeSettings(home: NodeHome, text: string, reading: Reading = {}): Promise<Settings> {
  const { env, given } = await surroundingsOf(home, text, reading)
  try {
    return readSettings(text, env, given, home.major)
  } catch (thrown) {
    throw thrown instanceof Problem ? quoted(thrown) : thrown
  }
}

/** A name or a value may come from a secret that the file refers to. */
function quoted({ code, exit, message, remedy, detail, cause }: Problem): Problem {
  return new Problem(code, { exit, message: withoutTakenSecrets(message), remedy: withoutTakenSecrets(remedy) }, detail, cause)
}

export interface SettingsFile {
  /** null where the file could not be read as settings; empty where there is none, as Elasticsearch takes it */
  readonly settings: Settings | null
  readonly problem: Problem | null
}

/**
 * Reads the `elasticsearch.yml` of an installation as the account that runs the node would; what is wrong with it (one of the
 * problems `settings_…`) is data, for checks to tell. A directory that the account may not enter has none for it.
 */
export async function readSettingsFile(home: NodeHome, reading: Reading = {}): Promise<SettingsFile> {
  const { platform = process.platform } = reading
  const path = configPaths(home.config).yml
  const none = { settings: new Map(Object.entries({ 'path.home': home.home, ...reading.given })), problem: null }
  if (!(await mayAccess(home.config, home.runAs, 'x', platform))) return none
  try {
    const { text } = await readSettingsText(path)
    if (!(await mayAccess(path, home.runAs, 'r', platform))) throw problem('settings_unreadable', { path, why: notForAccount })
    return { settings: await readNodeSettings(home, text, reading), problem: null }
  } catch (thrown) {
    const found = asProblem(thrown)
    return found.code === 'settings_missing' ? none : { settings: null, problem: found }
  }
}

const notForAccount = 'the account that runs the node does not have access to it'

/**
 * The text of an `elasticsearch.yml`, and its bytes. Problems: `settings_missing`, `settings_unreadable`, `settings_too_large`, `settings_no_yaml` where it is not
 * written in UTF-8.
 */
export async function readSettingsText(path: string): Promise<{ readonly text: string; readonly bytes: Buffer }> {
  // A code point takes four bytes at most: what is larger is not even read.
  const size = await stat(path).then((stats) => stats.size, () => 0)
  if (size > settingsLimit * 4) throw problem('settings_too_large', { bytes: size, limit: settingsLimit })
  const bytes = await readOwned(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') throw problem('settings_missing', { path })
    throw problem('settings_unreadable', { path, why: whyUnread(thrown) }, { cause: thrown })
  })
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), bytes }
  } catch (thrown) {
    const line = bytes.subarray(0, firstBadByte(bytes)).filter((byte) => byte === 0x0a).length + 1
    throw problem('settings_no_yaml', { line, column: 1, fault: 'not_utf8' }, { cause: thrown })
  }
}

/** Why the system would not give a file of the configuration, in words. */
export function whyUnread(thrown: NodeJS.ErrnoException): string {
  return thrown.code === notForOwner ? 'the account that owns the configuration does not have access to it' : whyUnreadable(thrown)
}

/** The first byte that belongs to no character: the decoder tells only that there is one. */
function firstBadByte(bytes: Uint8Array): number {
  const decodes = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), { stream: true })
      return true
    } catch {
      return false
    }
  }
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (decodes(middle)) good = middle
    else bad = middle
  }
  return good
}
