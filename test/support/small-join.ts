import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeTemporaryUser, temporaryUserPlan } from '../../engine/cluster/temporary-user.ts'
import { inspect } from '../../engine/installation/inspect.ts'
import { applyPlan } from '../../engine/plan/apply.ts'
import type { HomeLock } from '../../engine/plan/lock.ts'
import { settle } from '../../engine/plan/settled.ts'
import { makeNodeCertificates } from '../../engine/security/certificates.ts'
import { outlineEnrolledNode, type EnrolledNodePlan } from '../../engine/security/enrolled-node.ts'
import { smallKey, smallKeys } from '../../engine/security/testing/small-keys.ts'
import { writeFiles } from '../../engine/setup/carry-out.ts'
import { ownerOfConfig } from '../../engine/setup/owner-of-config.ts'
import { LiveSetup } from '../../engine/setup/live-setup.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Plan } from '../../engine/plan/plan.ts'
import type { SetupFacts } from '../../shared/contract/setup.ts'

import type { NodeTarget } from '../../shared/contract/target.ts'
import type { StepHook } from '../../engine/plan/apply.ts'

/** A home of which nothing runs: as much of one as is looked at before a start. */
export interface SmallHome {
  readonly folder: string
  readonly target: NodeTarget
  readonly remove: () => Promise<void>
}

export async function smallHome(): Promise<SmallHome> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-small-'))
  const home = join(folder, 'elasticsearch-9.4.3')
  for (const part of ['bin', 'lib', 'config', 'modules/x-pack-security', 'jdk/bin']) await mkdir(join(home, part), { recursive: true })
  for (const file of ['bin/elasticsearch', 'bin/elasticsearch.bat', 'jdk/bin/java', 'jdk/bin/java.exe', 'lib/elasticsearch-9.4.3.jar']) await writeFile(join(home, file), '')
  await writeFile(join(home, 'jdk', 'release'), 'JAVA_VERSION="25.0.1"\n')
  await writeFile(join(home, 'config', 'elasticsearch.yml'), '# a line of its owner\nnode.attr.rack: r1\n')
  const remove = (): Promise<void> => rm(folder, { recursive: true })
  if (process.getuid?.() !== 0) return { folder, target: { home }, remove }
  // Root sets a node up for another account.
  for (const path of [home, ...(await readdir(home, { recursive: true })).map((name) => join(home, name))]) await chown(path, 4711, 4711)
  return { folder, target: { home, user: '4711' }, remove }
}

const facts: SetupFacts = {
  nodeName: 'beta',
  clusterName: 'grown',
  httpPort: 9201,
  transportPort: 9301,
  portNotes: [],
  heap: '512m',
  httpHost: '0.0.0.0',
  san: [],
  url: 'https://localhost:9201',
  runAs: null,
  passwordChosen: false,
}

const answers = { nodeName: 'beta', heap: '512m' }

/** What a node that joins would write here, with what a cluster would give. */
export async function smallPlan(target: NodeTarget, { remote }: { readonly remote: boolean }): Promise<Plan> {
  return (await planned(target, remote)).plan
}

/** Plans a node that joins. What this gives writes it, and lets in who will ask the cluster, as `carryOutJoin` does before it starts the node. */
export async function smallJoin(target: NodeTarget): Promise<(lock: HomeLock | null, beforeStep: StepHook) => Promise<void>> {
  const { installation, ...plan } = await planned(target, false)
  const draft = { kind: 'joining' as const, target, installation, facts, answers, complete: () => Promise.resolve(plan) }
  return async (lock, beforeStep) => {
    const live = new LiveSetup(target, installation.config, 'joining', Date.now(), lock)
    await writeFiles(live, { ...draft, keys: { ready: Promise.resolve(), cancel: () => undefined } }, beforeStep)
    const { config } = installation
    const owner = ownerOfConfig(installation)
    await settle(config)
    await applyPlan(await temporaryUserPlan(config, makeTemporaryUser(), owner), { config, owner, beforeStep })
  }
}

async function planned(target: NodeTarget, remote: boolean): Promise<EnrolledNodePlan & { readonly installation: Installation }> {
  const installation = await inspect(target)
  const keys = await smallKeys()
  const made = await makeNodeCertificates({ keys, nodeName: 'alpha', names: ['localhost'], now: new Date() })
  const identity = { httpCaKey: keys.httpCa.privateKey, httpCa: made.httpCa, transportKey: keys.transport.privateKey, transport: made.transport, transportCa: made.transportCa }
  const joins = { seedHosts: ['127.0.0.1:9300'], remote }
  const outline = await outlineEnrolledNode({ installation, facts, answers, writesName: false, identity, joins, keystorePassword: null, now: new Date() })
  return { ...(await outline.complete(await smallKey())), installation }
}
