import { ORPCError } from '@orpc/client'
import type { ProblemView } from '../../shared/contract/target.ts'

/** Whatever a call ended with, as a problem that can be shown. Null for a call that was dropped on purpose. */
export function problemOf(thrown: unknown, signal?: AbortSignal): ProblemView | null {
  if (signal?.aborted) return null
  if (thrown instanceof ORPCError) {
    if (thrown.code === 'PROBLEM' && isProblem(thrown.data)) return thrown.data
    if (thrown.code === 'BAD_REQUEST') return invalid(thrown)
    return unexpected(`${thrown.code}: ${thrown.message}`)
  }
  if (thrown instanceof Error && /WebSocket|closed|abort/i.test(`${thrown.name} ${thrown.message}`)) return connectionLost
  return unexpected(thrown instanceof Error ? thrown.message : String(thrown))
}

export const connectionLost: ProblemView = {
  code: 'connection_lost',
  message: 'The connection to Firstnode broke off before it had answered.',
  remedy: 'Try again. Running work continues.',
  detail: null,
}

function invalid(error: ORPCError<string, unknown>): ProblemView {
  return {
    code: 'bad_input',
    message: 'Firstnode does not take one of the values.',
    remedy: 'Correct it: ports go from 1 to 65535, paths and names must not be empty.',
    detail: JSON.stringify(error.data ?? error.message, null, 2),
  }
}

function unexpected(what: string): ProblemView {
  return {
    code: 'unexpected',
    message: 'Firstnode met something it does not know.',
    remedy: 'Try again. If it stays, report it with the detail below.',
    detail: what,
  }
}

function isProblem(data: unknown): data is ProblemView {
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data && 'remedy' in data
}
