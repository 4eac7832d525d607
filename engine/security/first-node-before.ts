import { createHash } from 'node:crypto'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { readOwned } from '../installation/read-owned.ts'
import type { Owner } from '../plan/plan.ts'
import { readSettingsText } from '../preflight/settings-file.ts'
import { configPaths, entryNames } from './config-paths.ts'
import type { FirstNodeInput } from './first-node.ts'
import type { Keystore } from './keystore.ts'
import { openKeystore } from './read-config-file.ts'

/** Whose config directory it is, and what opens its keystore. */
export type ConfigAsked = Pick<FirstNodeInput, 'installation' | 'keystorePassword' | 'platform'>

/** A config directory as it is before a node is set up in it. Hashes are SHA-256, hex. */
export interface ConfigBefore {
  readonly owner: Owner | null
  readonly yml: { readonly text: string; readonly sha256: string; readonly mode: number; readonly owner: Owner | null }
  readonly keystore: (Pick<Keystore, 'entries' | 'hasPassword'> & { readonly sha256: string }) | null
  readonly certsThere: boolean
  readonly heap: {
    readonly folderThere: boolean
    /** of our own file, where an earlier set-up left one */
    readonly sha256: string | null
    /** a file that Java reads after ours, and that sets the heap as well */
    readonly overruledBy: string | null
  }
}

/** Reads what the plan of a node depends on. Problems: `settings_…`, `keystore_…`. */
export async function readConfigBefore(input: ConfigAsked): Promise<ConfigBefore> {
  const { installation, platform = process.platform } = input
  const paths = configPaths(installation.config)
  const ownerOf = ({ uid, gid }: { uid: number; gid: number }): Owner | null => (platform === 'win32' ? null : { uid, gid })
  const { text, bytes } = await readSettingsText(paths.yml)
  const [config, yml, keystore, certs, heap] = await Promise.all([
    stat(installation.config),
    stat(paths.yml),
    readOldKeystore(input, paths.keystore),
    lstat(paths.certs).catch(() => null),
    readHeapFolder(paths),
  ])
  return {
    owner: ownerOf(config),
    yml: { text, sha256: sha256(bytes), mode: yml.mode & 0o7777, owner: ownerOf(yml) },
    keystore,
    certsThere: certs !== null,
    heap,
  }
}

async function readOldKeystore({ installation, keystorePassword = null }: ConfigAsked, path: string): Promise<ConfigBefore['keystore']> {
  const keystore = await openKeystore(path, installation, keystorePassword)
  if (keystore === null) return null
  const { entries, hasPassword, bytes } = keystore
  const there = [entryNames.transport, entryNames.truststore, entryNames.http].find((name) => entries.has(name))
  if (there !== undefined) throw problem('keystore_has_tls', { path, entry: there })
  return { entries, hasPassword, sha256: sha256(bytes) }
}

/** Files there are read in the order of their names, and the last word on the heap counts (JvmOptionsParser). */
async function readHeapFolder({ heapFolder, heap }: ReturnType<typeof configPaths>): Promise<ConfigBefore['heap']> {
  const names = await readdir(heapFolder).catch(() => null)
  const ours = await readOwned(heap).catch(() => null)
  const later = (names ?? []).filter((name) => name.endsWith('.options') && name > basename(heap))
  const texts = await Promise.all(later.map(async (name) => ({ name, text: (await readOwned(join(heapFolder, name)).catch(() => Buffer.alloc(0))).toString('utf8') })))
  const overruling = texts.find(({ text }) => /^[ \t]*(?:\d+(?:-\d*)?:)?-Xm[sx]/m.test(text))
  return { folderThere: names !== null, sha256: ours === null ? null : sha256(ours), overruledBy: overruling === undefined ? null : join(heapFolder, overruling.name) }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
