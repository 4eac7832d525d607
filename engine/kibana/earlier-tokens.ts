import { createHash, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Cluster } from '../cluster/client.ts'
import { readOwned } from '../installation/read-owned.ts'
import { sha256 } from '../plan/entry.ts'
import { readInOwnFolder } from '../plan/in-own-folder.ts'
import type { Journal } from '../plan/journal.ts'
import { readSettled } from '../plan/settled.ts'
import type { KibanaHome } from './kibana-home.ts'

/** Service account tokens that Firstnode wrote into a `kibana.yml` before, by their names in the cluster. */
export interface EarlierTokens {
  /** the one in effect; null where that is not ours */
  readonly current: string | null
  /** those of connections before it, which are comments in the file by now */
  readonly commented: readonly string[]
  /** SHA-256 (hex) of the CA that the current one trusts; null where that cannot be read */
  readonly caFingerprint: string | null
}

const inLine = /^#?\s*elasticsearch\.serviceAccountToken:\s*["']?([\w+/=-]+)["']?\s*$/
const listed = z.object({ tokens: z.record(z.string(), z.unknown()) })
const tokensPath = '/_security/service/elastic/kibana/credential'

/**
 * Finds the tokens of earlier connections, as the journal of what was written proves them ours: a token of somebody else is
 * never among them. Touches nothing. Problem: `journal_unreadable`.
 */
export async function earlierTokens(kibana: Pick<KibanaHome, 'config' | 'bytes' | 'settings'>): Promise<EarlierTokens> {
  const { config, bytes, settings } = kibana
  const journals = await readInOwnFolder<Journal[]>(config, [], (_, own) => readSettled(own))
  const written = journals.flatMap(({ steps }) => steps.filter((step) => step.kind === 'write'))
  const edits = written.flatMap((step) => step.edits ?? [])
  const ours = new Set(edits.flatMap(({ added }) => added.flatMap((line) => (typeof line === 'string' ? [] : [line.sha256]))))
  // Of a file that is not UTF-8 no lines are kept: there the whole of it tells.
  const isUntouched = bytes !== null && written.some((step) => step.sha256 === sha256(bytes))
  const inEffect = settings['elasticsearch.serviceAccountToken']
  let current: string | null = null
  const commented = new Set<string>()
  for (const line of (bytes?.toString('utf8') ?? '').split(/\r\n|\n|\r/)) {
    const value = inLine.exec(line)?.[1]
    const name = value === undefined ? null : nameIn(value)
    const isOurs = ours.has(hashOf(line.replace(/^#/, ''))) || (isUntouched && value === inEffect)
    if (name === null || !isOurs) continue
    if (value === inEffect) current = name
    else commented.add(name)
  }
  return { current, commented: [...commented], caFingerprint: await authorityOf(settings) }
}

/**
 * Deletes them in the cluster of the new connection, and gives the names of those that may still work: what could not be
 * deleted, and the current one of another cluster. `asElastic` null: nobody here may delete them.
 */
export async function retireTokens(
  { current, commented, caFingerprint }: EarlierTokens,
  asElastic: Cluster | null,
  reachedFingerprint: string,
): Promise<string[]> {
  const all = [...commented, ...(current === null ? [] : [current])]
  if (asElastic === null || all.length === 0) return all
  const there = await asElastic.request({ method: 'GET', path: tokensPath }).then(
    (answer) => Object.keys(listed.parse(answer).tokens),
    () => null,
  )
  if (there === null) return all
  const left: string[] = []
  for (const name of all) {
    if (!there.includes(name)) {
      if (name === current && caFingerprint !== reachedFingerprint) left.push(name)
    } else if (!(await deleteToken(asElastic, name))) left.push(name)
  }
  return left
}

/** Whether the cluster has deleted a service account token of Kibana. */
export async function deleteToken(asElastic: Cluster, name: string): Promise<boolean> {
  const path = `${tokensPath}/token/${encodeURIComponent(name)}`
  return asElastic.request({ method: 'DELETE', path }).then(() => true, () => false)
}

/** A token is four bytes, `elastic/kibana/NAME:SECRET`, in base64. */
function nameIn(value: string): string | null {
  return /elastic\/kibana\/([\w.-]+):/.exec(Buffer.from(value, 'base64').toString('latin1'))?.[1] ?? null
}

async function authorityOf(settings: KibanaHome['settings']): Promise<string | null> {
  const named: unknown = settings['elasticsearch.ssl.certificateAuthorities']
  const [path]: unknown[] = Array.isArray(named) ? named : [named]
  if (typeof path !== 'string') return null
  try {
    return new X509Certificate(await readOwned(path)).fingerprint256.replaceAll(':', '').toLowerCase()
  } catch {
    return null
  }
}

function hashOf(line: string): string {
  return createHash('sha256').update(line).digest('hex')
}
