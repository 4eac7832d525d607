import { problem } from '../shared/problems/problem.ts'
import { Secret } from '../shared/secret.ts'
import type { Context } from './command.ts'
import { readSecrets } from './secret-input.ts'

/** The enrollment token that a command uses: from standard input, ENROLLMENT_TOKEN, or asked for on a terminal; never an argument. Problem: `kibana_token_needed`. */
export async function kibanaToken(context: Context, fromStdin: boolean): Promise<Secret> {
  const named = context.io.env.ENROLLMENT_TOKEN
  if (!fromStdin && named !== undefined && named !== '') return new Secret(named)
  const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true && !context.json
  const { token } = fromStdin || terminal ? await readSecrets(['token'], context) : {}
  if (token === undefined) throw problem('kibana_token_needed', {})
  return token
}
