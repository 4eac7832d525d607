import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { asProblem, problem, Problem } from '../../shared/problems/problem.ts'
import { mayAccess } from '../installation/access.ts'
import type { Environment } from './placeholders.ts'
import { readSettings, settingsLimit, type Settings } from './settings.ts'

export interface SettingsFile {
  /** null where the file could not be read as settings; empty where there is none, as Elasticsearch takes it */
  readonly settings: Settings | null
  readonly problem: Problem | null
}

/**
 * Reads the `elasticsearch.yml` of an installation as the account that runs the node would; what is wrong with it (one of the
 * problems `settings_…`) is data, for checks to tell. A directory that the account may not enter has none for it.
 */
export async function readSettingsFile({ home, config, runAs }: Installation, env: Environment, platform: NodeJS.Platform): Promise<SettingsFile> {
  const path = join(config, 'elasticsearch.yml')
  const given = { 'path.home': home }
  const none = { settings: new Map(Object.entries(given)), problem: null }
  if (!(await mayAccess(config, runAs, 'x', platform))) return none
  try {
    const text = await textOf(path)
    if (!(await mayAccess(path, runAs, 'r', platform))) throw problem('settings_unreadable', { path, why: 'the account that runs the node may not' })
    return { settings: readSettings(text, env, given), problem: null }
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return none
    if (thrown instanceof Problem) return { settings: null, problem: thrown }
    const why = isDenied(thrown) ? 'the account that runs the node may not' : asProblem(thrown).message
    return { settings: null, problem: problem('settings_unreadable', { path, why }, { cause: thrown }) }
  }
}

function isDenied(thrown: unknown): boolean {
  return ['EACCES', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '')
}

async function textOf(path: string): Promise<string> {
  const stats = await stat(path)
  if (!stats.isFile()) throw problem('settings_unreadable', { path, why: 'it is no file' })
  // A code point takes four bytes at most: what is larger is not even read.
  if (stats.size > settingsLimit * 4) throw problem('settings_too_large', { bytes: stats.size, limit: settingsLimit })
  const bytes = await readFile(path)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (thrown) {
    const line = bytes.subarray(0, firstBadByte(bytes)).filter((byte) => byte === 0x0a).length + 1
    throw problem('settings_no_yaml', { line, column: 1, what: 'it is not written in UTF-8' }, { cause: thrown })
  }
}

function firstBadByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    const length = new TextEncoder().encode(text.slice(0, at)).length
    // A replacement character that stands in the file itself is no fault.
    if (bytes[length] !== 0xef || bytes[length + 1] !== 0xbf || bytes[length + 2] !== 0xbd) return length
  }
  return bytes.length
}
