import { execFile } from 'node:child_process'
import { chmod, chown, copyFile, cp, lchown, mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { mountPoints } from '../../engine/system/mount-points.ts'

const execute = promisify(execFile)

export type Owner = { readonly uid: number; readonly gid: number }

/** A home that a configuration changes before it is asked for its verdict. Paths given to it are below the home. */
export interface OracleHome {
  readonly home: string
  readonly config: string
  /** writes the whole `elasticsearch.yml` */
  settings(text: string | Uint8Array): Promise<void>
  /** writes a file; its folders are made */
  file(path: string, content?: string | Uint8Array): Promise<void>
  folder(path: string): Promise<void>
  link(path: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  mode(path: string, mode: number): Promise<void>
  /** lets a file belong to root */
  giveToRoot(path: string): Promise<void>
  /** lets a folder have a group that its owner is not a member of */
  giveGroupOfRoot(path: string): Promise<void>
  /** one of the keystores that stock's tool made (see `keystores/`), changed by `torn` */
  keystore(name: string, torn?: (bytes: Buffer) => Buffer): Promise<void>
  /** makes what is there a mount point of its own; on a skeleton, where root need not ask, it is only remembered */
  mount(path: string): Promise<void>
  /** real paths of the mount points */
  readonly mounted: readonly string[]
  /** gives all to its owner; to be called when everything is written */
  settle(): Promise<void>
  destroy(): Promise<void>
}

/**
 * A home in a folder of its own that costs next to nothing: its configuration is copied, programs are links to `tree`. A `tree`
 * of null gives a skeleton: what inspecting it looks at, and nothing that could run. `owner` null leaves all to the caller.
 */
export async function oracleHome(from: { tree: string | null; version: string; owner: Owner | null }): Promise<OracleHome> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-oracle-'))
  await chmod(folder, 0o755)
  const home = join(folder, 'elasticsearch')
  await mkdir(home)
  if (from.tree === null) await makeSkeleton(home, from.version)
  else await linkTree(home, from.tree)
  return changing(home, folder, from)
}

async function makeSkeleton(home: string, version: string): Promise<void> {
  for (const path of ['bin', 'lib', 'config', 'logs', 'plugins', join('modules', 'x-pack-security')]) await mkdir(join(home, path), { recursive: true })
  await Promise.all([
    writeFile(join(home, 'lib', `elasticsearch-${version}.jar`), ''),
    writeFile(join(home, 'bin', 'elasticsearch'), '', { mode: 0o755 }),
    writeFile(join(home, 'config', 'elasticsearch.yml'), '# node.name: node-1\n', { mode: 0o640 }),
    writeFile(join(home, 'config', 'jvm.options'), '# -Xms4g\n'),
    writeFile(join(home, 'config', 'log4j2.properties'), 'status = error\n'),
  ])
}

async function linkTree(home: string, tree: string): Promise<void> {
  await Promise.all(['bin', 'lib', 'modules', 'plugins'].map((name) => symlink(join(tree, name), join(home, name))))
  await cp(join(tree, 'config'), join(home, 'config'), { recursive: true })
  await mkdir(join(home, 'logs'))
}

function changing(home: string, folder: string, { tree, owner }: { tree: string | null; owner: Owner | null }): OracleHome {
  const below = (path: string) => join(home, ...path.split('/'))
  const modes = new Map<string, number>()
  const owners = new Map<string, Partial<Owner>>()
  const mounted: string[] = []
  const file = async (path: string, content: string | Uint8Array = '') => {
    await mkdir(dirname(below(path)), { recursive: true })
    await writeFile(below(path), content)
  }
  return {
    home,
    config: join(home, 'config'),
    settings: (text) => file('config/elasticsearch.yml', text),
    file,
    folder: async (path) => void (await mkdir(below(path), { recursive: true })),
    link: async (path, to) => {
      await rm(below(path), { recursive: true, force: true })
      await symlink(below(to), below(path))
    },
    remove: (path) => rm(below(path), { recursive: true, force: true }),
    mode: async (path, mode) => void modes.set(below(path), mode),
    giveToRoot: async (path) => void owners.set(below(path), { uid: 0, gid: 0 }),
    giveGroupOfRoot: async (path) => void owners.set(below(path), { gid: 0 }),
    keystore: async (name, torn) => {
      const source = join(import.meta.dirname, 'keystores', `${name}.keystore`)
      const target = below('config/elasticsearch.keystore')
      await copyFile(source, target)
      await chmod(target, 0o660)
      if (torn !== undefined) await writeFile(target, torn(await readFile(source)))
    },
    mounted,
    mount: async (path) => void mounted.push(await realpath(below(path))),
    settle: async () => {
      if (owner !== null) await give(folder, owner)
      for (const [path, { uid = owner?.uid ?? 0, gid = 0 }] of owners) await lchown(path, uid, gid)
      for (const [path, mode] of modes) await chmod(path, mode)
      if (tree !== null) for (const path of mounted) await execute('mount', ['--bind', path, path])
    },
    destroy: async () => {
      // What was mounted may have been moved since.
      const left = tree === null ? [] : [...(await mountPoints())].filter((path) => path.startsWith(`${folder}/`))
      for (const path of left.toReversed()) await execute('umount', [path])
      for (const path of modes.keys()) await chmod(path, 0o755).catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function give(path: string, { uid, gid }: Owner): Promise<void> {
  await lchown(path, uid, gid)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) await give(inside, { uid, gid })
    else await (entry.isSymbolicLink() ? lchown : chown)(inside, uid, gid)
  }
}
