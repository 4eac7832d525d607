/**
 * What makes a tool of Elasticsearch end sooner in tests: the Java options of the part that runs, where it has some. Not for a program that makes keys: without Java's second
 * compiler four of them take more than a minute.
 */
export function quickTool(program: string): Record<string, string> {
  const { CLI_JAVA_OPTS } = process.env
  return CLI_JAVA_OPTS === undefined || !withoutKeys.includes(program) ? {} : { CLI_JAVA_OPTS }
}

const withoutKeys = ['elasticsearch-keystore', 'elasticsearch-create-enrollment-token', 'elasticsearch-reset-password', 'elasticsearch-users']
