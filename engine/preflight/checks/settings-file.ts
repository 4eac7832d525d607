import { lstat, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { mayAccess } from '../../installation/access.ts'
import { passed, skips, type Rule } from '../check.ts'

/**
 * "The elasticsearch.yml file doesn't exist" (seeds), also not in a directory that the account may not enter; a link does not count as
 * a file (AutoConfigureNode). One that is there and cannot be read ends the start before that: see the check `settings`.
 */
export const settingsFileRule: Rule = {
  id: 'settings-file',
  title: 'elasticsearch.yml',
  run: async ({ installation, platform }) => {
    const path = join(installation.config, 'elasticsearch.yml')
    if (!(await mayAccess(installation.config, installation.runAs, 'x', platform))) {
      return skips(`The account that runs the node may not enter ${installation.config}.`, 'Give the directory to that account, or run the node as the account that owns it.')
    }
    const [itself, target] = await Promise.all([lstat(path).catch(() => null), stat(path).catch(() => null)])
    if (itself === null || target === null) return skips(`${path} is missing.`, 'Put back the elasticsearch.yml of the archive; an empty file will do.')
    if (!itself.isFile()) return skips(`${path} is no regular file, so Elasticsearch would not change it.`, 'Put the file itself in its place, not a link to it.')
    return passed(`${path} is a file.`)
  },
}
