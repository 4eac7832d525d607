import { type SpawnOptions, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** May a browser be opened here: a display to show it, and not as root, whose browser would run without its sandbox. */
export function canOpenBrowser(surroundings: { platform: NodeJS.Platform; env: NodeJS.ProcessEnv; uid: number | null }): boolean {
  const { platform, env, uid } = surroundings
  if (uid === 0) return false
  if (platform === 'win32') return true
  if (platform === 'darwin') return !env.SSH_CONNECTION
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

/** The command that opens a file in the default browser, without a shell. */
export function openCommand(file: string, platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', file]
  return [platform === 'darwin' ? 'open' : 'xdg-open', file]
}

/**
 * Opens `address` in the default browser by way of a file that only this account can read: other users of the machine see
 * the command line of a browser, and the token must not stand there. The file is removed after `life` ms, when its token
 * has expired. Returns false, at once or later by `onFailure`, where there is nothing to open it with.
 */
export async function openInBrowser(
  address: string,
  how: { life: number; onFailure: () => void; name?: string; platform?: NodeJS.Platform; run?: typeof start },
): Promise<{ readonly file: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-open-'))
  const file = join(folder, 'firstnode.html')
  await writeFile(file, redirectTo(address, how.name), { mode: 0o600, flag: 'wx' })
  const remove = () => rm(folder, { recursive: true, force: true })
  setTimeout(() => void remove(), how.life).unref()
  const [command, ...args] = openCommand(file, how.platform ?? process.platform)
  ;(how.run ?? start)(command, args, how.onFailure)
  return { file, remove }
}

/** Opens an address that anybody may know in the default browser. */
export function openPlainly(address: string, how: { onFailure: () => void; platform?: NodeJS.Platform; run?: typeof start }): void {
  const [command, ...args] = openCommand(address, how.platform ?? process.platform)
  ;(how.run ?? start)(command, args, how.onFailure)
}

/** A page that goes on to `address` by itself, leaves no trace in the history, and names the address where it cannot. `name`: what is opened. */
export function redirectTo(address: string, name = 'Firstnode'): string {
  const safe = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>${name}</title>
<meta http-equiv="refresh" content="0;url=${safe}"><a href="${safe}">Open ${name}</a>
`
}

function start(command: string, args: readonly string[], onFailure: () => void): void {
  const options: SpawnOptions = { stdio: 'ignore', detached: true }
  const child = spawn(command, args, options)
  child.once('error', onFailure)
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) onFailure()
  })
  child.unref()
}
