import { homedir, userInfo } from 'node:os'
import { isAbsolute } from 'node:path'

/**
 * The home folder of the account that runs this process: HOME, else what the system says. A number without an account has
 * none (`os.homedir` throws), and a HOME that is no full path means nothing in another folder: then `/`, which is everywhere.
 */
export function homeFolder(ask: readonly (() => string)[] = [homedir, () => userInfo().homedir]): string {
  for (const one of ask) {
    const folder = answerOf(one)
    if (folder !== null && isAbsolute(folder)) return folder
  }
  return '/'
}

/** The folder that this process works in; null where it was deleted meanwhile (`process.cwd` throws). */
export function workingFolder(ask: () => string = () => process.cwd()): string | null {
  return answerOf(ask)
}

function answerOf(ask: () => string): string | null {
  try {
    return ask()
  } catch {
    return null
  }
}
