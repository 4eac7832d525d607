import { blocks, passed, type Rule } from '../check.ts'
import { readPlugins } from '../plugins.ts'

/** A node loads its plugins before anything else, and ends its start with the first that does not fit it; the auto-configuration does not look. */
export const pluginsRule: Rule = {
  id: 'plugins',
  title: 'Plugins',
  run: async ({ installation, platform }) => {
    const { names, problems } = await readPlugins(installation, platform)
    const [first] = problems
    if (first !== undefined) return blocks(first.message, first.remedy, first.code)
    return passed(names.length === 0 ? 'No plugins are installed.' : `Plugins made for this version: ${names.join(', ')}.`)
  },
}
