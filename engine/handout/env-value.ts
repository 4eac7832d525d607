import type { EnvFault } from '../../shared/problems/handout.ts'
import { problem } from '../../shared/problems/problem.ts'

const plain = /^[\w@%+=:,./-]+$/

/**
 * A value as it is written after `NAME=` in a .env, read the same by shells and by the programs that read such files: bare, in single quotes (where nothing has a meaning), or in double ones where it
 * has a single quote and nothing that these would replace. Problem: `env_value_unwritable` where there is no such way.
 */
export function envValue(name: string, value: string): string {
  const fault = faultOf(value)
  if (fault !== null) throw problem('env_value_unwritable', { name, fault })
  if (plain.test(value)) return value
  return value.includes("'") ? `"${value}"` : `'${value}'`
}

/** Whether there is such a way of writing a value. */
export function isEnvValue(value: string): boolean {
  return faultOf(value) === null
}

/** Whether a value is written in quotes, which `docker run --env-file` does not take off. */
export function isQuotedInEnv(value: string): boolean {
  return !plain.test(value)
}

/** Whether readers that expand variables after the quotes are gone would change a value: dotenv-expand, django-environ. */
export function isExpandedInEnv(value: string): boolean {
  return /\$[A-Za-z_]/.test(value)
}

/** Each fault is one that a reader was seen to make: `test/integration/handout/env-readers.long.test.ts`. */
function faultOf(value: string): EnvFault | null {
  if (/[\r\n\0]/.test(value)) return 'line-end'
  // Python's and Docker's readers take a backslash before another, or before the quote at the end, for an escape; shells do not.
  if (/\\\\|\\$/.test(value)) return 'backslash'
  // python-dotenv replaces it in single quotes as well.
  if (/\$\{[^}]*\}/.test(value)) return 'placeholder'
  if (value.includes("'")) return /["$\\`]/.test(value) ? 'single-quote' : null
  return opensQuoteInPhp(value) ? 'open-quote' : null
}

/** phpdotenv looks for values over several lines before it looks at quotes: a line with `="` and no second double quote begins one. */
function opensQuoteInPhp(value: string): boolean {
  return value.includes('="') && (`'${value}`.match(/(?<=[^\\])"/g) ?? []).length < 2
}
