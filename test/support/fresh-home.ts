import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chmod } from 'node:fs/promises'

export type PracticeVersion = '9.4.3' | '8.16.6'
export const practiceVersions: readonly PracticeVersion[] = ['9.4.3', '8.16.6']

export interface FreshHome {
  readonly home: string
  readonly account: { readonly uid: number; readonly gid: number }
  /** a Java home this version starts on */
  readonly java: string
  remove(): Promise<void>
}

const java: Record<PracticeVersion, string> = {
  '9.4.3': '/usr/lib/jvm/temurin-25-jdk-amd64',
  '8.16.6': '/usr/lib/jvm/java-17-openjdk-amd64',
}

/** A never started home of `version` in a folder of its own, owned by an unprivileged account. `name` is the home's folder name. */
export async function freshHome(version: PracticeVersion, name = 'elasticsearch'): Promise<FreshHome> {
  const copies = process.env.FIRSTNODE_DEV_COPIES
  if (copies === undefined) throw new Error('the practice copy is not wired up yet: set FIRSTNODE_DEV_COPIES')
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-test-'))
  await chmod(folder, 0o755)
  const home = join(folder, name)
  await cp(join(copies, version, 'pristine'), home, { recursive: true, preserveTimestamps: true })
  await import('node:child_process').then(({ execFileSync }) => execFileSync('chown', ['-R', '1000:1000', folder]))
  return { home, account: { uid: 1000, gid: 1000 }, java: java[version], remove: () => rm(folder, { recursive: true, force: true }) }
}
