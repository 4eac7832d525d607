import { pathToFileURL } from 'node:url'
import { shippedFile } from './shipped-file.ts'

/**
 * OpenPGP.js, which its own licence (LGPL) wants to be exchangeable: never bundled, but a file of its own beside the program. Where this runs from its sources it is the package.
 */
export async function loadOpenPgp(): Promise<typeof import('openpgp')> {
  const beside = await shippedFile('openpgp.mjs')
  return beside === null ? import('openpgp') : ((await import(pathToFileURL(beside).href)) as typeof import('openpgp'))
}
