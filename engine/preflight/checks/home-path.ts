import { blocks, passed, warns, type Rule } from '../check.ts'
import { readSettings, settingText } from '../settings.ts'

/** Elasticsearch reads its own path as a line of YAML (InternalSettingsPreparer.loadOverrides), and Java as part of a list of paths: some folder names do not survive that. */
export const homePathRule: Rule = {
  id: 'home-path',
  title: 'Folder',
  run: ({ installation: { home }, platform }) => {
    const divider = platform === 'win32' ? ';' : ':'
    if (home.includes(divider)) return blocks(`Java would take the folder name ${home} for two: in a list of paths "${divider}" divides them.`, 'Rename the folder, leaving that character out.')
    if (asElasticsearchReads(home) !== home) {
      return blocks(
        `Elasticsearch would take the folder name ${home} for something else: it reads it as YAML, where ": ", " #" and "\${" mean something.`,
        'Rename the folder, leaving those characters out.',
      )
    }
    if (platform === 'win32' && home.startsWith('\\\\')) return warns(`${home} lies on another machine of the network.`, 'Elasticsearch wants a disk of this machine: let at least path.data and path.logs name folders on one.')
    return passed(home)
  },
}

function asElasticsearchReads(home: string): string | null {
  try {
    return settingText(readSettings(`path.home: ${home}\n`, {}), 'path.home')
  } catch {
    return null
  }
}
