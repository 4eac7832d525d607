import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'

export interface Version {
  /** as in the name of the jar: `9.4.3`, `9.5.0-SNAPSHOT` */
  readonly text: string
  readonly major: number
  readonly minor: number
  readonly patch: number
}

const jar = /^elasticsearch-((\d+)\.(\d+)\.(\d+)(?:-(?:alpha|beta|rc)\d+)?(?:-SNAPSHOT)?)\.jar$/

/**
 * The version of the Elasticsearch in this home, from the name of `lib/elasticsearch-X.Y.Z.jar` (starts no Java).
 * Problems: `not_elasticsearch`, `mixed_versions`.
 */
export async function versionOf(home: string): Promise<Version> {
  const found = await versionsIn(home)
  const [version, another] = found
  if (version === undefined) throw problem('not_elasticsearch', { home, instead: await homeNear(home) })
  if (another !== undefined) throw problem('mixed_versions', { home, versions: found.map(({ text }) => text).join(', ') })
  return version
}

/** As `versionOf`, for a version that security can be configured for. Problem: `version_too_old`, below 8.0. */
export async function suitableVersionOf(home: string): Promise<Version> {
  const version = await versionOf(home)
  if (version.major < 8) throw problem('version_too_old', { home, version: version.text })
  return version
}

/** Is this folder the home of an Elasticsearch of any version? */
export async function isHome(folder: string): Promise<boolean> {
  return (await versionsIn(folder)).length > 0
}

/** `9.4.3` → its numbers; null where the name says no version. */
export function versionOfJar(fileName: string): Version | null {
  const match = jar.exec(fileName)
  if (match === null) return null
  const [, text = '', major, minor, patch] = match
  return { text, major: Number(major), minor: Number(minor), patch: Number(patch) }
}

async function versionsIn(home: string): Promise<Version[]> {
  const names = await readdir(join(home, 'lib')).catch(() => [])
  return names.flatMap((name) => versionOfJar(name) ?? [])
}

/** People name `bin`, or the folder around the home: look one step up and one step down. */
async function homeNear(folder: string): Promise<string | null> {
  const above = dirname(folder)
  if (await isHome(above)) return above
  const names = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of names.filter((one) => one.isDirectory()).slice(0, 200)) {
    const inside = join(folder, entry.name)
    if (await isHome(inside)) return inside
  }
  return null
}
