import { lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { mayAccess } from '../../installation/access.ts'
import { passed, skips, type Rule } from '../check.ts'

/** "The elasticsearch.yml file doesn't exist (or isn't readable)" (seeds); a link does not count as a file (AutoConfigureNode). */
export const settingsFileRule: Rule = {
  id: 'settings-file',
  title: 'elasticsearch.yml',
  run: async ({ installation, platform }) => {
    const path = join(installation.config, 'elasticsearch.yml')
    const [itself, target] = await Promise.all([lstat(path).catch(() => null), stat(path).catch(() => null)])
    if (itself === null || target === null) return skips(`${path} is missing.`, 'Put back the elasticsearch.yml of the archive; an empty file will do.')
    if (!itself.isFile()) return skips(`${path} is no regular file, so Elasticsearch would not change it.`, 'Put the file itself in its place, not a link to it.')
    if (!(await mayAccess(path, installation.runAs, 'r', platform))) {
      return skips(`${path} cannot be read by the account that runs the node.`, 'Let that account read it, or run the node as the account that owns it.')
    }
    return passed(`${path} is a file that the node can read.`)
  },
}
