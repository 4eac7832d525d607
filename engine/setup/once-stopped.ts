import { problem, type Problem } from '../../shared/problems/problem.ts'

/**
 * A problem of a node that was waited for, once that node is stopped: what the problem advises while the node runs (ask
 * again, give another password) would be of no use. Others are given back as they are.
 */
export function onceStopped(found: Problem): Problem {
  const { code, message, detail } = found
  const more = { cause: found, ...(detail === null ? {} : { detail }) }
  if (code === 'not_answering' || code === 'unreachable') return problem('stopped_not_answering', { said: message }, more)
  if (code === 'wrong_password') return problem('stopped_wrong_password', { said: message }, more)
  return found
}
