import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { ensureBuilt } from '../build.mjs'
import { electronDist, type ElectronDist } from '../package/electron-dist.ts'
import { inRoot } from '../root.mjs'
import type { DesktopSession } from './desktop-session.ts'
import { openPersonsDesktop } from './persons-desktop.ts'

/**
 * Makes ready what the desktop's tests drive, and gives for their environment:
 * - `FIRSTNODE_ELECTRON`: the version of Electron, for reports;
 * - `FIRSTNODE_DESKTOP`: the program that starts the application, as an ordinary account where the caller is root. Not set where Playwright
 *   starts the pinned Electron of the checkout (Windows, macOS);
 * - `FIRSTNODE_DESKTOP_ACCOUNT`: `UID:GID` of that account, where there is one;
 * - on Linux, the variables of a desktop of its own.
 * `packed` is the executable of a packed application; without it, what is built in `checkout` is run.
 */
export async function openDesktopUnderTest({ say, packed, checkout = inRoot() }: {
  say: (line: string) => void
  packed?: string | undefined
  checkout?: string
}): Promise<DesktopSession> {
  const electron = await electronDist(inRoot(), { say })
  say(`The desktop application is tested on Electron ${electron.version}${electron.pinned ? '' : ', since the pinned one is not here'}.`)
  const executable = packed ?? (process.platform === 'linux' ? await layApplication(electron, checkout) : null)
  const { env, account, programFor, close } = await openPersonsDesktop()
  return {
    env: {
      ...env,
      FIRSTNODE_ELECTRON: electron.version,
      ...(executable === null ? {} : { FIRSTNODE_DESKTOP: await programFor(executable) }),
      ...(account === null ? {} : { FIRSTNODE_DESKTOP_ACCOUNT: `${account.uid}:${account.gid}` }),
    },
    close,
  }
}

const execute = promisify(execFile)

/**
 * Lays Electron out in `checkout` with the built application as its own, which is how it runs a folder where it lacks its default
 * application; gives the executable. The name `electron` makes it know that it is not packaged.
 */
async function layApplication(electron: ElectronDist, checkout: string): Promise<string> {
  const program = electron.pinned ? 'electron' : 'electron-commonjs'
  if (checkout === inRoot()) await ensureBuilt(['renderer', program])
  const { name, version } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as Record<string, string>
  const main = join(checkout, 'dist', program, electron.pinned ? 'main.js' : 'main.cjs')
  return layElectron(electron, join(checkout, 'dist', 'electron-under-test'), { name, version, main })
}

/** Lays Electron out in `folder`, with the application whose main program is `main`; gives the executable. What was there is replaced. */
export async function layElectron(electron: ElectronDist, folder: string, { main, ...more }: { main: string; name?: string | undefined; version?: string | undefined }): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  // Links cost no room; another file system takes copies.
  await execute('cp', ['-al', electron.folder, folder]).catch(async () => {
    await rm(folder, { recursive: true, force: true })
    await execute('cp', ['-a', electron.folder, folder])
  })
  const application = join(folder, 'resources', 'app')
  await mkdir(application, { recursive: true })
  await writeFile(join(application, 'package.json'), `${JSON.stringify({ ...more, main: relative(application, main) })}\n`)
  return join(folder, 'electron')
}
