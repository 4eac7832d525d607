import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, lchown, lstat, lutimes, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Change, Owner, Plan } from '../../../engine/plan/plan.ts'

/** Whom the sample belongs to: as root another account, so that owners are tested too. */
export const sampleOwner: Owner | null =
  process.getuid === undefined ? null : process.getuid() === 0 ? { uid: 1000, gid: 1000 } : { uid: process.getuid(), gid: process.getgid?.() ?? 0 }

export interface Sample {
  readonly config: string
  remove(): Promise<void>
}

/** A config directory with what a plan of ours meets: settings, a keystore, a certs folder and a link. In memory where there is such a place, since every write is synced. `name`: of its folder, else one of its own. */
export async function sampleConfig(place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), name: string | null = null): Promise<Sample> {
  const folder = name === null ? await realpath(await mkdtemp(join(place, 'firstnode-plan-'))) : join(place, name)
  if (name !== null) await mkdir(folder)
  await chmod(folder, 0o755)
  const config = join(folder, 'config')
  await mkdir(join(config, 'certs', 'deep'), { recursive: true, mode: 0o750 })
  await writeFile(join(config, 'elasticsearch.yml'), settingsBefore, { mode: 0o640 })
  await writeFile(join(config, 'elasticsearch.keystore'), 'an old keystore', { mode: 0o660 })
  await writeFile(join(config, 'certs', 'old.crt'), 'an old certificate')
  await writeFile(join(config, 'certs', 'deep', 'older.crt'), 'an older one')
  await writeFile(join(config, 'shared.options'), 'shared')
  await symlink('shared.options', join(config, 'linked.options'))
  await giveAll(folder)
  return { config, remove: () => rm(folder, { recursive: true, force: true }) }
}

const settingsBefore = '# settings\n#cluster.name: my-application\nnode.attr.rack: r1\n# the end\n'
const block = '\n# BEGIN SECURITY\nxpack.security.enabled: true\nxpack.security.http.ssl:\n  enabled: true\n# END SECURITY\n'
export const settingsAfter = settingsBefore.replace('#cluster.name: my-application', 'cluster.name: mine') + block
export const secretContent = 'the content of a keystore, which nobody may see'

/** A plan with every kind of change, each of the cases of a first node among them. */
export async function samplePlan(config: string): Promise<Plan> {
  const owner = sampleOwner
  const at = (...parts: string[]): string => join(config, ...parts)
  const written = async (path: string, content: string, mode: number, secret = false): Promise<Change> => ({
    kind: 'write',
    path,
    content: Buffer.from(content),
    replaces: await hashOf(path),
    mode,
    owner,
    secret,
    note: '',
  })
  const fresh = (path: string, content: string, secret = false): Change => ({ kind: 'write', path, content: Buffer.from(content), replaces: null, mode: 0o660, owner, secret, note: '' })
  return {
    kind: 'first-node',
    title: 'A sample',
    changes: [
      { kind: 'rename', from: at('certs'), to: at('certs.1700000000.orig'), note: '' },
      { kind: 'create-directory', path: at('certs'), mode: 0o750, owner, note: '' },
      fresh(at('certs', 'http.p12'), 'http', true),
      fresh(at('certs', 'old.crt'), 'a new one under an old name'),
      await written(at('elasticsearch.keystore'), secretContent, 0o660, true),
      await written(at('elasticsearch.yml'), settingsAfter, 0o640),
      await written(at('linked.options'), 'no link any more', 0o644),
      { kind: 'create-directory', path: at('jvm.options.d'), mode: 0o755, owner, note: '' },
      fresh(at('jvm.options.d', 'heap.options'), '-Xmx512m\n'),
      { kind: 'delete', path: at('shared.options'), note: '' },
    ],
  }
}

export async function hashOf(path: string): Promise<string> {
  // Synchronously, which no failpoint counts: this is the script's own call.
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** Gives all of it to the sample's owner, with times long ago: whatever touches it shows. Whole seconds, which are quick to give back. */
export async function giveAll(path: string): Promise<void> {
  const stat = await lstat(path)
  if (stat.isDirectory()) for (const name of await readdir(path)) await giveAll(join(path, name))
  if (sampleOwner !== null) await lchown(path, sampleOwner.uid, sampleOwner.gid)
  const seconds = 1_600_000_000 + stat.ino % 1_000_000
  await lutimes(path, seconds, seconds)
}
