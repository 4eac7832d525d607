import { blocks, passed, type Rule } from '../check.ts'
import { loggingProblem } from '../log4j-configuration.ts'

/** A node that cannot set up its log dies before it can say so anywhere but on the console. */
export const loggingRule: Rule = {
  id: 'logging',
  title: 'Logging configuration',
  run: async ({ installation, platform }) => {
    const found = await loggingProblem(installation, platform)
    return found === null ? passed('Log4j can be configured by log4j2.properties.') : blocks(found.message, found.remedy, found.code)
  },
}
