import { problem } from '../shared/problems/problem.ts'
import type { Context } from './command.ts'
import { askPlainly } from './secret-input.ts'

/**
 * Asks on a terminal whether to do what was shown; with --json, `shown` is all there is, and it is false. `what`: the
 * deed, as a noun. Problems: `needs_yes_to_write` without a terminal, `declined`.
 */
export async function mayWrite(
  shown: object,
  { command, what }: { readonly command: string; readonly what: string },
  context: Context,
): Promise<boolean> {
  if (context.json) {
    await context.result(shown, '')
    return false
  }
  if (context.io.stdin.isTTY !== true || context.io.stderr.isTTY !== true)
    throw problem('needs_yes_to_write', { command })
  const answer = await askPlainly('Go on? Type yes: ', context)
  if (answer.trim().toLowerCase() !== 'yes') throw problem('declined', { what })
  return true
}
