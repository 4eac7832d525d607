import { access, constants } from 'node:fs/promises'
import { posix, win32 } from 'node:path'

/** The full path of a program that the search path leads to, or null. Folders that are not named from the root on are passed over: what lies in the present one is nobody's program. */
export async function findProgram(name: string, env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  const path = platform === 'win32' ? win32 : posix
  const folders = (env.PATH ?? env.Path ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder))
  for (const folder of folders) {
    const found = path.join(folder, platform === 'win32' ? `${name}.exe` : name)
    if (await access(found, constants.X_OK).then(() => true, () => false)) return found
  }
  return null
}
