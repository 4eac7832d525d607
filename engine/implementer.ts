import { implement, ORPCError } from '@orpc/server'
import { contract } from '../shared/contract/contract.ts'
import { tellProblem } from './setup/tell-problem.ts'

/** What procedures are made with: whatever they throw crosses as the contract's one error, PROBLEM. */
export const implementer = implement(contract).use(async ({ next, signal }) => {
  try {
    return await next()
  } catch (thrown) {
    throw told(thrown, signal)
  }
})

function told(thrown: unknown, signal?: AbortSignal): unknown {
  if (thrown instanceof ORPCError) return thrown
  const data = tellProblem(thrown, signal)
  return new ORPCError('PROBLEM', { message: data.message, data, cause: thrown })
}
