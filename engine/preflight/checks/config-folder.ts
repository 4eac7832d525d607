import { problem } from '../../../shared/problems/problem.ts'
import { isReadOnly, mayAccess } from '../../installation/access.ts'
import { blocksWith, passed, skips, type Rule } from '../check.ts'

/** "The Elasticsearch configuration directory isn't writable" (seeds): the certificates have no place. */
export const configFolderRule: Rule = {
  id: 'config-folder',
  title: 'Configuration directory',
  run: async ({ installation: { config, runAs }, platform }) => {
    if ((await mayAccess(config, runAs, 'w', platform)) && (await mayAccess(config, runAs, 'x', platform))) {
      return passed(`${config} can be written.`)
    }
    if (await isReadOnly(config)) return { ...blocksWith(problem('folder_read_only', { path: config })), status: 'skips' }
    return skips(
      `The configuration directory ${config} cannot be written by the account that runs the node.`,
      'Let that account write it, or run the node as the account that owns it.',
    )
  },
}
