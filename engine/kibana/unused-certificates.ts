import { join } from 'node:path'
import { readOwned } from '../installation/read-owned.ts'
import { sha256 } from '../plan/entry.ts'
import { readInOwnFolder } from '../plan/in-own-folder.ts'
import type { Journal } from '../plan/journal.ts'
import type { Plan } from '../plan/plan.ts'
import { readSettled } from '../plan/settled.ts'
import { isFolder } from './kibana-home.ts'
import type { KibanaSettings } from './kibana-settings.ts'

const ours = /^ca_\d{13}\.crt$/

/**
 * Deletes the CA certificates that Firstnode wrote for earlier connections into this data folder, as they still are, where
 * no setting names them any more. Null where there are none. Touches nothing. Problem: `journal_unreadable`.
 */
export async function dropUnusedCertificates(data: string, settings: KibanaSettings): Promise<Plan | null> {
  if (!(await isFolder(data))) return null
  const journals = await readInOwnFolder<Journal[]>(data, [], (_, own) => readSettled(own))
  const written = journals.flatMap(({ steps }) => steps.filter((step) => step.kind === 'write' && ours.test(step.place)))
  const inUse = JSON.stringify(settings)
  const unused: string[] = []
  for (const step of written) {
    if (step.kind !== 'write' || inUse.includes(step.place)) continue
    const bytes = await readOwned(join(data, step.place)).catch(() => null)
    if (bytes !== null && sha256(bytes) === step.sha256) unused.push(join(data, step.place))
  }
  if (unused.length === 0) return null
  const note = 'The CA certificate of the earlier connection, which no setting names any more.'
  const changes = unused.map((path) => ({ kind: 'delete', path, note }) as const)
  return { kind: 'kibana', title: 'Remove certificates that are no longer used', changes }
}
