import { mayAccess } from '../../installation/access.ts'
import { blocks, passed, type Rule } from '../check.ts'
import { loggingProblem } from '../log4j-configuration.ts'

/** A node that cannot set up its log dies before it can say so anywhere but on the console. */
export const loggingRule: Rule = {
  id: 'logging',
  title: 'Logging configuration',
  run: async ({ installation, platform }) => {
    // A folder that the account may not enter is told by other checks.
    if (!(await mayAccess(installation.config, installation.runAs, 'x', platform))) return null
    const found = await loggingProblem(installation, platform)
    return found === null ? passed('Log4j can be configured by log4j2.properties.') : blocks(found.message, found.remedy, found.code)
  },
}
