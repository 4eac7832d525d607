import { problems, type ProblemCode } from '../../../shared/problems/problem.ts'
import { blocks, passed, type Rule } from '../check.ts'

/** Elasticsearch runs on the Java that inspecting the home found; too old and too new both end its start. */
export const javaRule: Rule = {
  id: 'java',
  title: 'Java',
  run: ({ installation: { java, javaTrouble, javaNeeds, version } }) => {
    if (javaTrouble !== null) return blocks(javaTrouble.message, javaTrouble.remedy, codeOf(javaTrouble.code))
    if (java === null) return blocks('No Java was found.', `Install a JDK ${javaNeeds.min}, or set ES_JAVA_HOME to the folder of one.`, 'no_java')
    return passed(`Java ${java.version} (${java.source}: ${java.home}) runs Elasticsearch ${version}.`)
  },
}

function codeOf(code: string): ProblemCode {
  return Object.hasOwn(problems, code) ? (code as ProblemCode) : 'no_java'
}
