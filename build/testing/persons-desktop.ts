import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pristineCopy } from '../../engine/installation/practice-copy.ts'
import { type AccountNumbers, type DesktopSession, openDesktopSession } from './desktop-session.ts'

const execute = promisify(execFile)

/** A person's desktop: a session of its own, and the account that applications run as on it. */
export interface PersonsDesktop extends DesktopSession {
  /** null: the caller's own */
  readonly account: AccountNumbers | null
  /** Gives the program by which `executable` runs as that person; `executable` itself where that is the caller. */
  readonly programFor: (executable: string) => Promise<string>
}

/** Opens a desktop on which an ordinary person runs applications, whoever the caller is: Electron refuses root. */
export async function openPersonsDesktop(): Promise<PersonsDesktop> {
  const account = await ordinaryAccount()
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-desktop-'))
  await chmod(folder, 0o755)
  const session = await openDesktopSession(account)
  let programs = 0
  return {
    env: session.env,
    account,
    programFor: async (executable) => (account === null ? executable : writeProgram(join(folder, `program-${++programs}`), executable, account)),
    async close() {
      await session.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * The account that the desktop application runs as in tests: Electron refuses root. It is the one that homes of tests belong to, and is made
 * where the machine has only its number. Null where the tests run as an ordinary account themselves.
 */
async function ordinaryAccount(): Promise<AccountNumbers | null> {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = await stat(await pristineCopy({ version: '9.4.3' }))
  const known = await execute('getent', ['passwd', String(uid)]).then(() => true, () => false)
  if (!known) {
    await execute('groupadd', ['--force', '--gid', String(gid), 'firstnode-tests'])
    await execute('useradd', ['--uid', String(uid), '--gid', String(gid), '--no-create-home', '--home-dir', '/', 'firstnode-tests'])
  }
  return { uid, gid }
}

/**
 * Writes a program at `path` that runs `executable` as `account` with the sandbox of the system, and gives its path. Playwright adds
 * `--no-sandbox` where it runs as root; the program takes it off again.
 */
async function writeProgram(path: string, executable: string, { uid, gid }: AccountNumbers): Promise<string> {
  await writeFile(path, `#!/bin/sh
for word; do
  shift
  [ "$word" = --no-sandbox ] || set -- "$@" "$word"
done
exec setpriv --reuid=${uid} --regid=${gid} --init-groups -- '${executable.replaceAll("'", "'\\''")}' "$@"
`)
  await chmod(path, 0o755)
  return path
}
