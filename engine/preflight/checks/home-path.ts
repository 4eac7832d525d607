import { blocks, passed, type Rule } from '../check.ts'
import { readSettings, settingText } from '../settings.ts'

/** Elasticsearch reads its own path as a line of YAML (InternalSettingsPreparer.loadOverrides): some folder names do not survive that. */
export const homePathRule: Rule = {
  id: 'home-path',
  title: 'Folder',
  run: ({ installation: { home } }) =>
    asElasticsearchReads(home) === home
      ? passed(home)
      : blocks(
          `Elasticsearch would take the folder name ${home} for something else: it reads it as YAML, where ": ", " #" and "\${" mean something.`,
          'Rename the folder, leaving those characters out.',
        ),
}

function asElasticsearchReads(home: string): string | null {
  try {
    return settingText(readSettings(`path.home: ${home}\n`, {}), 'path.home')
  } catch {
    return null
  }
}
