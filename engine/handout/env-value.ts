import { problem } from '../../shared/problems/problem.ts'

const plain = /^[\w@%+=:,./-]+$/

/**
 * A value as it stands behind `NAME=` in a .env, read alike by a shell and by the programs that read such files: bare, in single quotes (nothing in it means anything), or in double ones where it holds a
 * single quote and nothing that these would replace. Problem: `env_value_unwritable` where neither can be.
 */
export function envValue(name: string, value: string): string {
  const written = writtenOf(value)
  if (written === null) throw problem('env_value_unwritable', { name })
  return written
}

/** Whether there is such a way of writing a value. */
export function isEnvValue(value: string): boolean {
  return writtenOf(value) !== null
}

function writtenOf(value: string): string | null {
  if (plain.test(value)) return value
  if (/[\r\n\0]/.test(value)) return null
  // Python's and Docker's readers take a backslash before another, or before the quote at the end, for an escape; shells do not.
  if (/\\\\|\\$/.test(value)) return null
  if (!value.includes("'")) return `'${value}'`
  return /["$\\`]/.test(value) ? null : `"${value}"`
}
