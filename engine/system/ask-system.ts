import { execFile } from 'node:child_process'
import { posix, win32 } from 'node:path'
import { MiB } from '../../shared/sizes.ts'

/** Asks a program of the system and gives what it prints; rejects where it fails. A parameter wherever it is used, so that other systems' answers can be played. */
export type Ask = (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>

const mostBytes = 64 * MiB
const patienceMs = 20_000

/**
 * Runs a program of the system (`ps`, `icacls.exe`, `powershell.exe`) with an array of arguments: there is no shell that would read anything into
 * them. In the words of no country, times in UTC, names in UTF-8 (in the C locale the `ps` of macOS spells letters beyond ASCII out). `env` is added to its environment: how values reach a PowerShell script.
 */
export const askSystem: Ask = (program, args, env = {}) =>
  new Promise((resolve, reject) => {
    const surroundings = { ...process.env, LC_ALL: '', LC_TIME: 'C', LC_MESSAGES: 'C', LC_CTYPE: 'en_US.UTF-8', TZ: 'UTC', ...env }
    const options = { env: surroundings, windowsHide: true, timeout: patienceMs, maxBuffer: mostBytes }
    const child = execFile(whereIs(program), [...args], options, (failed, output, said) => (failed ? reject(Object.assign(failed, { said })) : resolve(output)))
    // PowerShell may wait for the end of what nobody will say to it.
    child.stdin?.on('error', () => undefined).end()
  })

/**
 * The full path of a program of the system: Windows looks for a bare name in the present folder first, where anybody may have put one of that name.
 */
export function whereIs(program: string, platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): string {
  if ((platform === 'win32' ? win32 : posix).isAbsolute(program)) return program
  if (platform === 'win32') {
    const system = win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32')
    return program === 'powershell.exe' ? win32.join(system, 'WindowsPowerShell', 'v1.0', program) : win32.join(system, program)
  }
  if (platform === 'darwin') return posix.join(program === 'ps' ? '/bin' : '/usr/bin', program)
  return program
}
