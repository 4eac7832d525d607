import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** An npm package that is bundled into the application. */
export interface Bundled {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** the text of the licence */
  readonly text: string
}

/** The npm packages that are bundled into the desktop application which is built in `checkout`; one may come twice. */
export async function bundledPackages(checkout: string): Promise<Bundled[]> {
  const files = ['electron', 'renderer'].map((part) => join(checkout, 'dist', part, 'licences.json'))
  const lists = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return lists.flatMap((list) => JSON.parse(list) as Bundled[])
}
