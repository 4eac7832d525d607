import { problem } from '../shared/problems/problem.ts'
import { Secret } from '../shared/secret.ts'
import type { Context } from './command.ts'
import type { Input } from './io.ts'
import { said } from './output.ts'
import { toldOf } from './problem-page.ts'
import { cancelledBy } from './stopping.ts'

const longest = 64 * 1024

export type SecretName = 'keystore' | 'elastic' | 'new' | 'passphrase'

const words: Record<SecretName, { what: string; option: string }> = {
  keystore: { what: 'the password of elasticsearch.keystore', option: '--keystore-password-stdin' },
  elastic: { what: 'the password of the elastic user', option: '--password-stdin' },
  new: { what: 'the new password', option: '--password-stdin' },
  passphrase: { what: 'the passphrase', option: '--passphrase-stdin' },
}

/**
 * The secrets that `names` ask for, one line each, in that order: from standard input, or asked for without an echo where
 * that is a terminal. Ends with `password_line_missing` where a line is missing or empty.
 */
export async function readSecrets(names: readonly SecretName[], context: Context): Promise<Partial<Record<SecretName, Secret>>> {
  const secrets: Partial<Record<SecretName, Secret>> = {}
  if (names.length === 0) return secrets
  const lines = context.io.stdin.isTTY === true ? null : await firstLines(context.io.stdin, names.length, context.signal)
  for (const [index, name] of names.entries()) {
    const line = lines === null ? await ask(`${words[name].what}: `, context, 'hidden') : lines[index]
    if (line === undefined || line === '') {
      const instead = `Give it on standard input with ${words[name].option}, one line${names.length > 1 ? ' each, the keystore first' : ''}.`
      throw problem('password_line_missing', { what: words[name].what, instead })
    }
    secrets[name] = new Secret(line)
  }
  return secrets
}

/**
 * Does `work` with the keystore's password where one was `given`; where it turns out to be needed, asks for it on a terminal and does it again. Elsewhere it ends with `keystore_locked`.
 */
export async function withKeystorePassword<T>(given: Secret | undefined, context: Context, work: (keystore: Secret | undefined) => Promise<T>): Promise<T> {
  try {
    return await work(given)
  } catch (thrown) {
    const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true
    if (given !== undefined || context.json || !terminal || toldOf(thrown, context.signal).code !== 'keystore_locked') throw thrown
    return work((await readSecrets(['keystore'], context)).keystore)
  }
}

/** The elastic password that a command needs: from `--password-stdin`, ELASTIC_PASSWORD, or asked for on a terminal. Ends with `password_needed`. */
export async function elasticPassword(context: Context, fromStdin: boolean): Promise<Secret> {
  if (fromStdin) return (await readSecrets(['elastic'], context)).elastic!
  if (context.elasticPassword !== null) return context.elasticPassword
  const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true
  if (terminal && !context.json) return (await readSecrets(['elastic'], context)).elastic!
  throw problem('password_needed', {})
}

/**
 * Asks for a new password on a terminal, twice and without an echo. Problems: `bad_input` where there is no terminal or the line is empty, `passwords_differ`.
 */
export async function askNewPassword(user: string, context: Context): Promise<Secret> {
  if (context.io.stdin.isTTY !== true || context.io.stderr.isTTY !== true)
    throw problem('bad_input', { what: '--interactive asks on a terminal, and there is none.', want: 'Give the new password on standard input with --password-stdin, or leave both out: then one is made.' })
  const typed = await ask(`the new password of ${user}: `, context, 'hidden')
  if (typed === '') throw problem('bad_input', { what: 'The line was empty.', want: 'Type a password, or leave --interactive out: then one is made.' })
  if ((await ask('once more: ', context, 'hidden')) !== typed) throw problem('passwords_differ', {})
  return new Secret(typed)
}

/** Asks for a new passphrase on a terminal, twice and without an echo. Problems: `passphrase_needed` where there is no terminal or the line is empty, `passwords_differ`. */
export async function newPassphrase(context: Context): Promise<Secret> {
  if (context.io.stdin.isTTY !== true || context.io.stderr.isTTY !== true || context.json) throw problem('passphrase_needed', {})
  const typed = await ask('a passphrase for the file: ', context, 'hidden')
  if (typed === '') throw problem('passphrase_needed', {})
  if ((await ask('once more: ', context, 'hidden')) !== typed) throw problem('passwords_differ', {})
  return new Secret(typed)
}

/** The named lines of standard input, and, where `rest` is asked for, all that comes after them. Ends with `password_line_missing` where a line is missing. */
export async function readLinesAndRest(
  wanted: { readonly lines: readonly SecretName[]; readonly rest: boolean },
  context: Context,
): Promise<{ lines: Partial<Record<SecretName, Secret>>; rest: string }> {
  if (!wanted.rest || context.io.stdin.isTTY === true) return { lines: await readSecrets(wanted.lines, context), rest: '' }
  const all = await firstLines(context.io.stdin, Infinity, context.signal)
  const lines: Partial<Record<SecretName, Secret>> = {}
  for (const [index, name] of wanted.lines.entries()) {
    const line = all[index] ?? ''
    if (line === '') throw problem('password_line_missing', { what: words[name].what, instead: `Give it on standard input with ${words[name].option}, as the first line.` })
    lines[name] = new Secret(line)
  }
  return { lines, rest: all.slice(wanted.lines.length).join('\n') }
}

/** Asks for a secret on a terminal, without an echo. */
export function askHidden(question: string, context: Context): Promise<string> {
  return ask(question, context, 'hidden')
}

/** Asks a question on a terminal and gives the line that was typed. */
export function askPlainly(question: string, context: Context): Promise<string> {
  return ask(question, context, 'shown')
}

async function firstLines(stdin: Input, count: number, signal: AbortSignal): Promise<string[]> {
  const chunks: Buffer[] = []
  let bytes = 0
  const read = (async () => {
    for await (const chunk of stdin) {
      const buffer = Buffer.from(chunk)
      chunks.push(buffer)
      bytes += buffer.length
      if (bytes > longest || Buffer.concat(chunks).filter((byte) => byte === 0x0a).length >= count) break
    }
  })()
  await Promise.race([read, cancelledBy(signal)])
  const text = Buffer.concat(chunks).toString('utf8').replace(/^\ufeff/, '')
  return text.split(/\r?\n/).slice(0, count)
}

/** Reads a line from the terminal; hidden in raw mode, so that nothing of it shows: there Ctrl-C cancels and backspace takes back. */
async function ask(question: string, context: Context, way: 'hidden' | 'shown'): Promise<string> {
  const { stdin, stderr } = context.io
  // Before the question is seen: what is typed at once as an answer would show.
  if (way === 'hidden') stdin.setRawMode?.(true)
  said(stderr, question)
  stdin.resume?.()
  let typed = ''
  try {
    return await Promise.race([
      cancelledBy(context.signal),
      new Promise<string>((resolve, reject) => {
        const take = (chunk: Buffer | string): void => {
          for (const sign of chunk.toString()) {
            if (sign === '\u0003') return end(() => reject(problem('cancelled', {})))
            if (sign === '\r' || sign === '\n' || sign === '\u0004') return end(() => resolve(typed))
            if (sign === '\u007f' || sign === '\b') typed = typed.replace(/.$/su, '')
            else if (sign >= ' ') typed += sign
          }
        }
        const end = (settle: () => void): void => {
          stdin.off?.('data', take)
          settle()
        }
        stdin.on?.('data', take)
      }),
    ])
  } finally {
    if (way === 'hidden') stdin.setRawMode?.(false)
    stdin.pause?.()
    if (way === 'hidden') said(stderr, '\n')
  }
}
