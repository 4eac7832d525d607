import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bundled, bundledPackages } from './bundled.ts'

type Part = Pick<Bundled, 'name' | 'version' | 'licence'>

/**
 * The CycloneDX file (JSON, 1.5) of the desktop application: what is bundled into it, and Electron of the version
 * given. `released` is a time in seconds.
 */
export async function sbom({ checkout, electron, released }: {
  checkout: string
  electron: string
  released: number
}): Promise<string> {
  const { version } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { version: string }
  const bundled = [...(await bundledPackages(checkout)), { name: 'electron', version: electron, licence: 'MIT' }]
  return cycloneDx({ version, released, bundled })
}

/** The same, of known packages; a package that comes twice is listed once. */
export function cycloneDx({ version, released, bundled }: {
  version: string
  released: number
  bundled: readonly Part[]
}): string {
  const byAddress = new Map(bundled.map((one) => [packageUrl(one), one]))
  const sorted = [...byAddress].sort(([one], [other]) => (one < other ? -1 : 1))
  const components = sorted.map(([purl, { name, version, licence }]) => ({
    type: name === 'electron' ? 'framework' : 'library',
    'bom-ref': purl,
    name,
    version,
    licenses: [{ expression: licence }],
    purl,
  }))
  const root = `firstnode@${version}`
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([root, released, components]))}`,
    version: 1,
    metadata: {
      timestamp: new Date(released * 1000).toISOString(),
      component: {
        type: 'application',
        'bom-ref': root,
        name: 'firstnode',
        version,
        licenses: [{ expression: 'Apache-2.0' }],
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map(({ purl }) => purl) }],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The address of a package of npm's: the at sign of a scope is encoded. */
function packageUrl({ name, version }: Part): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`
}

/** The same for the same content, so that a release can be made again. */
function uuidOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
