import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout (or of the installed package). */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {...string} parts @returns {string} a path in the checkout */
export function inRoot(...parts) {
  return join(root, ...parts)
}
