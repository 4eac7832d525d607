import { delimiter, posix, win32 } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem, Problem, type ProblemCode } from '../../shared/problems/problem.ts'
import { distributionOf, hasServerLauncher, launcherVariables, valueOf } from './launch-environment.ts'

/** What to run, without a shell in between: the program, its arguments, and what it finds in its environment. */
export interface JavaCommand {
  readonly executable: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/** What the launcher's own JVM takes, as bin/elasticsearch-cli has it: small, and without the threads of a parallel collector. */
const launcherOptions = ['-Xms4m', '-Xmx64m', '-XX:+UseSerialGC']

/**
 * What `bin/elasticsearch` (or the .bat) would run with `args`: up to 9.3 the launcher of all tools with `cli.name=server`,
 * later a launcher of its own. Which one is seen in `lib/tools`, not guessed from the version. `env` is the environment to build on.
 * Problems: those of the Java that `inspect` found, `home_incomplete`.
 */
export function javaCommand(
  installation: Installation,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): JavaCommand {
  const join = (...parts: string[]): string => (platform === 'win32' ? win32 : posix).join(...parts)
  const { home, config, java } = installation
  if (installation.javaTrouble !== null || java === null) throw javaProblem(installation)
  const own = launcherOptions.concat((valueOf('CLI_JAVA_OPTS', env, platform) ?? '').split(/\s+/).filter((one) => one !== ''))
  const type = java.source === 'bundled' ? 'bundled JDK' : 'ES_JAVA_HOME'
  // A server tells by its environment which configuration it has (engine/node/server-processes.ts).
  const around = { ...launcherVariables(installation, env, platform), ES_PATH_CONF: config }
  if (hasServerLauncher(home, platform)) {
    return {
      executable: java.executable,
      args: [...own, '-cp', join(home, 'lib', 'tools', 'server-launcher', '*'), 'org.elasticsearch.server.launcher.ServerLauncher', ...args],
      // It starts the preparer with these, and that one reads CLI_JAVA_OPTS.
      env: { ...around, CLI_JAVA_OPTS: own.join(' ') },
      cwd: home,
    }
  }
  const path = [join(home, 'lib', '*'), join(home, 'lib', 'cli-launcher', '*')].join(platform === process.platform ? delimiter : platform === 'win32' ? ';' : ':')
  return {
    executable: java.executable,
    args: [
      ...own,
      '-Dcli.name=server',
      `-Dcli.script=${join(home, 'bin', 'elasticsearch')}`,
      '-Dcli.libs=lib/tools/server-cli',
      `-Des.path.home=${home}`,
      `-Des.path.conf=${config}`,
      `-Des.distribution.type=${distributionOf(installation.layout)}`,
      `-Des.java.type=${type}`,
      '-cp',
      path,
      'org.elasticsearch.launcher.CliToolLauncher',
      ...args,
    ],
    env: around,
    cwd: home,
  }
}

function javaProblem({ javaTrouble, home, version, javaNeeds }: Installation): Problem {
  if (javaTrouble === null) return problem('java_missing', { home, version, min: javaNeeds.min })
  const { code, message, remedy } = javaTrouble
  return new Problem(code as ProblemCode, { exit: 3, message, remedy }, null)
}
