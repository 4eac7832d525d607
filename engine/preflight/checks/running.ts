import { problem, type Problem } from '../../../shared/problems/problem.ts'
import { unfinishedProblem } from '../../plan/unfinished.ts'
import { blocks, passed, type Context, type Finding, type Rule } from '../check.ts'
import { isConfigured } from '../configured.ts'
import { lockHolder } from '../node-lock.ts'

/** A node that runs already holds the lock of its data directory; a second one on it dies (NodeEnvironment). */
export const runningRule: Rule = {
  id: 'running',
  title: 'Running node',
  run: async (context) => {
    const { installation, platform } = context
    const own = ownNode(context)
    if (own !== null) return own
    for (const path of installation.data) {
      const holder = await lockHolder(path, platform)
      if (holder === null) continue
      return blocks(
        `Process ${holder} holds the lock of ${path}: a node is running on that data directory.`,
        'Stop that node first, or give this one a path.data of its own.',
        'node_lock_held',
      )
    }
    return passed('No node is running from this home or on its data directory.')
  },
}

/** What is said of a node of this very home. One that runs without security is what Elasticsearch made of its settings. */
function ownNode(context: Context): Finding | null {
  const { installation, running } = context
  if (running === null) return null
  if (installation.state === 'unfinished') {
    const { message, remedy, code } = unfinishedProblem(installation.unfinished?.kind ?? 'first-node', installation.home)
    return { status: 'skips', detail: message, remedy, code }
  }
  const { message, remedy } = sayRunning(context)
  return { status: running.secured ? 'passed' : 'skips', detail: message, remedy, code: 'already_running' }
}

function sayRunning(context: Context): Problem {
  const { installation, running } = context
  const { pid = 0, url = '' } = running ?? {}
  const known = { version: installation.version, url, pid }
  if (running?.answering === false) return problem('runs_not_answering', known)
  if (running?.secured === true) return problem('runs_secured', known)
  return problem(isConfigured(context) ? 'runs_without_tls' : 'runs_unsecured', known)
}
