import { blocks, passed, warns, type Context, type Rule } from '../check.ts'

/** The longest path of most programs on Windows (MAX_PATH without its end), and of a folder that a program runs in. */
const longestPath = 259
const longestFolder = 247
/** What lies deepest in a home (seen on 8.16.6 and 9.4.3: 88), with some room for plugins. */
const inside = 110

export const pathLengthRule: Rule = {
  id: 'path-length',
  title: 'Length of the path',
  run: async ({ installation: { home }, platform, ask }) => {
    if (platform !== 'win32') return null
    if (home.length > longestFolder) return blocks(`The path of this home has ${home.length} letters. Windows runs no program in a folder of more than ${longestFolder}.`, 'Move it to a short path, as C:\\elasticsearch.')
    if (home.length + inside <= longestPath) return passed('The path of this home is short enough for every program.')
    if (await hasLongPaths(ask)) return passed(`The path of this home has ${home.length} letters, and this Windows allows long paths.`)
    return warns(
      `The path of this home has ${home.length} letters: paths in it may become longer than ${longestPath}, more than many programs of Windows can open.`,
      'Move it to a short path, as C:\\elasticsearch, or let an administrator allow long paths (LongPathsEnabled).',
    )
  },
}

async function hasLongPaths(ask: Context['ask']): Promise<boolean> {
  const said = await ask('reg.exe', ['query', 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem', '/v', 'LongPathsEnabled']).catch(() => '')
  return /LongPathsEnabled\s+REG_DWORD\s+0x1\b/.test(said)
}
