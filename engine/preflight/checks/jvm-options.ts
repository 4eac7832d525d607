import { blocks, passed, type Rule } from '../check.ts'

/** Java that refuses one of its options ends the start, after the auto-configuration has written all that it writes. */
export const jvmOptionsRule: Rule = {
  id: 'jvm-options',
  title: 'Java options',
  run: async ({ javaAnswer, installation: { java, javaTrouble } }) => {
    const { options, problem, flags } = await javaAnswer()
    if (problem !== null) return blocks(problem.message, problem.remedy, problem.code)
    if (java === null || javaTrouble !== null) return null
    const count = `${options.length} ${options.length === 1 ? 'option' : 'options'}`
    if (flags === null) return passed(`${count} of jvm.options, jvm.options.d and ES_JAVA_OPTS were read; Java was not asked.`)
    return passed(`Java ${java.version} accepts the ${count} of jvm.options, jvm.options.d and ES_JAVA_OPTS.`)
  },
}
