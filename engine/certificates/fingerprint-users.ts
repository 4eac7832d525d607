import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { RenewalPreview } from '../../shared/contract/certificates.ts'
import { findKibanas } from '../kibana/find-kibanas.ts'
import { inspectKibana } from '../kibana/kibana-home.ts'
import { fingerprintOf } from '../security/certificates.ts'

type Kibanas = Omit<NonNullable<RenewalPreview['authority']>['kibanas'][number], 'changed'>[]

/**
 * The Kibanas on this machine that know a CA: by its fingerprint (SHA-256, hex) in their Fleet outputs, or by a copy
 * of its certificate. `home`: of the Elasticsearch, beside which one looks first.
 */
export async function kibanasTrusting(fingerprint: string, home: string): Promise<Kibanas> {
  const { kibanas: found } = await findKibanas(home)
  const seen = await Promise.all(
    found.map(async (view) => {
      const { settings } = await inspectKibana({ home: view.home })
      const copies = await Promise.all(
        listOf(settings['elasticsearch.ssl.certificateAuthorities']).map(async (path) =>
          (await isCopy(path, fingerprint)) ? path : null,
        ),
      )
      const outputs = JSON.stringify(settings['xpack.fleet.outputs'] ?? null).toLowerCase()
      return {
        home: view.home,
        settingsFile: view.settingsFile,
        fingerprint: outputs.includes(fingerprint),
        copy: copies.find((path) => path !== null) ?? null,
      }
    }),
  )
  return seen.filter((one) => one.fingerprint || one.copy !== null)
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string')
}

async function isCopy(path: string, fingerprint: string): Promise<boolean> {
  return readFile(path).then(
    (bytes) => fingerprintOf(new X509Certificate(bytes).raw) === fingerprint,
    () => false,
  )
}
