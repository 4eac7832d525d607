import { chmod, lchown, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findJava } from '../../engine/installation/java.ts'
import { pristineCopy } from '../../engine/installation/practice-copy.ts'
import { homeFromPristine } from '../../engine/installation/practice-home.ts'
import { versionOf } from '../../engine/installation/version.ts'

export type PracticeVersion = '9.4.3' | '8.16.6'
export const practiceVersions: readonly PracticeVersion[] = ['9.4.3', '8.16.6']

export interface FreshHome {
  readonly home: string
  readonly account: { readonly uid: number; readonly gid: number }
  /** a Java home this version starts on */
  readonly java: string
  remove(): Promise<void>
}

/**
 * A never started home of `version` in a folder of its own, owned by the account the practice copy belongs to. `name` is the home's
 * folder name. The copy is fetched where it is not cached yet; FIRSTNODE_DEV_COPIES names a folder with VERSION/pristine instead.
 */
export async function freshHome(version: PracticeVersion, name = 'elasticsearch'): Promise<FreshHome> {
  const copies = process.env.FIRSTNODE_DEV_COPIES
  const pristine = copies === undefined ? await pristineCopy({ version }) : join(copies, version, 'pristine')
  const { uid, gid } = await stat(pristine)
  const account = { uid, gid }
  const java = await javaFor(pristine, account)
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-test-'))
  await chmod(folder, 0o755)
  if (process.getuid?.() === 0) await lchown(folder, uid, gid)
  const home = await homeFromPristine({ pristine, into: join(folder, name), account: process.getuid?.() === 0 ? account : null })
  return { home, account, java, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}

async function javaFor(home: string, { uid, gid }: { uid: number; gid: number }): Promise<string> {
  const version = await versionOf(home)
  const { ES_JAVA_HOME: _, ...env } = process.env
  const { java, trouble } = await findJava({ home, version, account: { name: null, uid, gid, groups: [gid] }, env })
  if (java !== null && trouble === null) return java.home
  throw new Error(`The tests on Elasticsearch ${version.text} need a JDK: ${trouble?.message ?? 'there is none.'} ${trouble?.remedy ?? ''}`)
}
