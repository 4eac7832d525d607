import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Installation } from '../../../shared/contract/installation.ts'
import { Secret } from '../../../shared/secret.ts'
import { inspect } from '../../installation/inspect.ts'
import { folderTree } from '../../../test/support/folder-tree.ts'
import { applyPlan } from '../../plan/apply.ts'
import { settle } from '../../plan/settled.ts'
import { ownerOfConfig } from '../../setup/owner-of-config.ts'
import { planFirstNode, type FirstNodePlan } from '../../security/first-node.ts'
import { writeKeystore, readKeystore } from '../../security/keystore.ts'
import type { NodeKeys } from '../../security/keys.ts'
import { smallKeys } from '../../security/testing/small-keys.ts'
import { someFacts } from '../../security/testing/temporary-config.ts'

const dayMs = 86_400_000
let keys: Promise<NodeKeys> | null = null

/** A home that looks like Elasticsearch and was set up by us, without its programs: nothing of it can run. */
export interface ConfiguredHome {
  readonly home: string
  readonly config: string
  readonly made: FirstNodePlan
  /** the config directory before it was set up, as `folderTree` gives it */
  readonly before: readonly string[]
  inspect(): Promise<Installation>
}

/**
 * `daysAgo`: when it was set up, so that its certificates end as much sooner. `locked`: with this password on its
 * keystore. `applied`: by its plan, so that it can be undone.
 */
export async function configuredHome({
  daysAgo = 0,
  locked,
  san = [],
  applied = false,
}: { daysAgo?: number; locked?: string; san?: string[]; applied?: boolean } = {}): Promise<ConfiguredHome> {
  const home = await mkdtemp(join(tmpdir(), 'firstnode-certificates-'))
  onTestFinished(() => rm(home, { recursive: true, force: true }))
  const config = join(home, 'config')
  for (const folder of ['bin', 'lib', 'config', 'logs', 'modules/x-pack-security'])
    await mkdir(join(home, folder), { recursive: true })
  for (const file of ['bin/elasticsearch', 'lib/elasticsearch-8.13.0.jar'])
    await writeFile(join(home, file), '', { mode: 0o755 })
  for (const file of ['jvm.options', 'log4j2.properties', 'elasticsearch.yml']) await writeFile(join(config, file), '')
  give(home)
  const installation = await inspect({ home })
  const before = await folderTree(config)
  const now = new Date(Date.now() - daysAgo * dayMs)
  keys ??= smallKeys()
  const made = await planFirstNode({
    installation,
    facts: { ...someFacts, san },
    answers: {},
    now,
    keys: await keys,
    env: {},
  })
  if (applied) {
    await applyPlan(made.plan, { config, owner: ownerOfConfig(installation) })
    await settle(config)
  } else await writeChanges(made, locked)
  give(home)
  return { home, config, made, before, inspect: () => inspect({ home }) }
}

async function writeChanges({ plan }: FirstNodePlan, locked: string | undefined): Promise<void> {
  for (const change of plan.changes) {
    if (change.kind !== 'write') continue
    await mkdir(dirname(change.path), { recursive: true })
    const content =
      locked !== undefined && change.path.endsWith('.keystore') ? await lock(change.content, locked) : change.content
    await writeFile(change.path, content, { mode: change.mode })
  }
}

/** Root runs no Elasticsearch: for it the home is that of another account. */
function give(home: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', '4711:4711', home])
}

async function lock(content: Uint8Array, password: string): Promise<Buffer> {
  const { version, entries } = await readKeystore(content)
  return writeKeystore({ version, entries, password: new Secret(password) })
}
