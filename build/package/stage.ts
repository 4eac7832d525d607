import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/**
 * Lays out the application as it is packed: the built parts, the licence, and a package.json that names nothing but it.
 * Everything is bundled, so there are no node_modules.
 * `checkout` is the folder with package.json, LICENSE and `dist/`; `into` is replaced; `repository` is `owner/name` on GitHub; `commonJs`: for an
 * Electron that loads no ES module as its main program.
 */
export async function stageApplication({ checkout, into, repository, commonJs = false }: {
  checkout: string
  into: string
  repository: string | null
  commonJs?: boolean
}): Promise<void> {
  // What of `dist/` goes into the application; everything else there belongs to other hosts.
  const parts = { electron: commonJs ? 'electron-commonjs' : 'electron', renderer: 'renderer' }
  await rm(into, { recursive: true, force: true })
  await mkdir(into, { recursive: true })
  for (const [part, made] of Object.entries(parts)) {
    await cp(join(checkout, 'dist', made), join(into, 'dist', part), { recursive: true, filter: (path) => goesIn(basename(path)) })
  }
  await cp(join(checkout, 'LICENSE'), join(into, 'LICENSE'))
  await writeFile(join(into, 'package.json'), `${JSON.stringify(await manifest(checkout, repository, commonJs), null, 2)}\n`)
}

/** The page's compressed twins serve slow connections, and maps serve nobody here. */
function goesIn(name: string): boolean {
  return !name.endsWith('.gz') && !name.endsWith('.map')
}

async function manifest(checkout: string, repository: string | null, commonJs: boolean): Promise<Record<string, unknown>> {
  const { name, version, description, license } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as Record<string, string>
  return {
    name,
    productName: 'Firstnode',
    version,
    description,
    license,
    type: 'module',
    main: `dist/electron/main.${commonJs ? 'cjs' : 'js'}`,
    author: 'The Firstnode authors',
    ...(repository === null ? {} : { homepage: `https://github.com/${repository}`, repository: { type: 'git', url: `git+https://github.com/${repository}.git` } }),
    // Desktops match a running window with its entry by this name.
    desktopName: 'firstnode.desktop',
  }
}
