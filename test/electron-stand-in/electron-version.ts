import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The version that the stand-in stands in for: of the npm package, or as the folder it was put into says. */
export const electronVersion = readVersion()

function readVersion(): string {
  const beside = fileURLToPath(new URL('../version', import.meta.url))
  if (existsSync(beside)) return readFileSync(beside, 'utf8').trim().replace(/^v/, '')
  const installed = new URL('../../node_modules/electron/package.json', import.meta.url)
  return (JSON.parse(readFileSync(installed, 'utf8')) as { version: string }).version
}
