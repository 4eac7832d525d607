import { problem } from '../shared/problems/problem.ts'
import { Secret } from '../shared/secret.ts'
import type { Context } from './command.ts'
import { askHidden, readLinesAndRest } from './secret-input.ts'

/** The enrollment token that a command uses, and the password of the keystore where that was asked for. */
export interface TokenGiven {
  readonly token: Secret
  readonly keystore: Secret | null
}

/**
 * The token from standard input (all of it: a paste may break it over lines), ENROLLMENT_TOKEN, or asked for on a terminal; never from an argument, which
 * others can see. The password of the keystore is the first line of standard input. Problems: `token_needed`, `password_line_missing`.
 */
export async function givenToken(from: { readonly scope: 'node' | 'kibana'; readonly tokenStdin: boolean; readonly keystoreStdin: boolean }, context: Context): Promise<TokenGiven> {
  const { lines, rest } = await readLinesAndRest({ lines: from.keystoreStdin ? ['keystore'] : [], rest: from.tokenStdin }, context)
  const keystore = lines.keystore ?? null
  const said = from.tokenStdin ? rest : (context.io.env.ENROLLMENT_TOKEN ?? '')
  if (said.trim() !== '') return { token: new Secret(said), keystore }
  const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true && !context.json
  const typed = terminal ? await askHidden('the enrollment token: ', context) : ''
  if (typed.trim() === '') throw problem('token_needed', { scope: from.scope })
  return { token: new Secret(typed), keystore }
}
