import { problem } from '../../shared/problems/problem.ts'

const plain = /^[\w@%+=:,./-]+$/

/**
 * A value as it stands behind `NAME=` in a .env, read alike by a shell and by the programs that read such files: bare, in single quotes (nothing in it means anything), or in double ones where it holds a
 * single quote and nothing that these would replace. Problem: `env_value_unwritable` where neither can be.
 */
export function envValue(name: string, value: string): string {
  if (plain.test(value)) return value
  const oneLine = !/[\r\n\0]/.test(value)
  if (oneLine && !value.includes("'")) return `'${value}'`
  if (oneLine && !/["$\\`]/.test(value)) return `"${value}"`
  throw problem('env_value_unwritable', { name })
}
