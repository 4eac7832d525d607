import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { problem } from '../../../shared/problems/problem.ts'
import { blocks, passed, type Rule } from '../check.ts'
import { readPlugins } from '../plugins.ts'

/** A node loads its plugins before anything else, and ends its start with the first that does not fit it; the auto-configuration does not look. */
export const pluginsRule: Rule = {
  id: 'plugins',
  title: 'Plugins',
  run: async ({ installation, platform }) => {
    const ofDocker = join(installation.config, 'elasticsearch-plugins.yml')
    if (installation.layout === 'archive' && (await lstat(ofDocker).catch(() => null)) !== null) {
      const { message, remedy, code } = problem('plugins_yml', { path: ofDocker })
      return blocks(message, remedy, code)
    }
    const { names, problems } = await readPlugins(installation, platform)
    const [first] = problems
    if (first !== undefined) return blocks(first.message, first.remedy, first.code)
    return passed(names.length === 0 ? 'No plugins are installed.' : `Plugins made for this version: ${names.join(', ')}.`)
  },
}
