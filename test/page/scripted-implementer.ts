import { implement, ORPCError } from '@orpc/server'
import { tellProblem } from '../../engine/setup/tell-problem.ts'
import { contract } from '../../shared/contract/contract.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { Problem } from '../../shared/problems/problem.ts'

/** The contract for a double: each call is remembered by its path, `onCall` comes before its answer, and a problem crosses as the real engine's does. */
export function scriptedImplementer({ called, onCall }: { readonly called: string[]; readonly onCall: (path: string) => unknown }) {
  return implement(contract).use(async ({ next, path }) => {
    called.push(path.join('.'))
    try {
      const answer = await next()
      await onCall(path.join('.'))
      return answer
    } catch (thrown) {
      if (thrown instanceof Problem) throw asError(tellProblem(thrown))
      throw thrown
    }
  })
}

export function refuse(code: string, message: string, remedy: string, detail: string | null = null): never {
  throw asError({ code, message, remedy, detail })
}

function asError(data: ProblemView): ORPCError<'PROBLEM', ProblemView> {
  return new ORPCError('PROBLEM', { message: data.message, data })
}
