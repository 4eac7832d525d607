import type { Installation } from '../../shared/contract/installation.ts'
import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import type { Secret } from '../../shared/secret.ts'
import type { Plan } from '../plan/plan.ts'
import { surroundingsOf } from '../preflight/settings-file.ts'
import { readSettings, settingText } from '../preflight/settings.ts'
import { checkNodeName } from './answers.ts'
import { configPaths } from './config-paths.ts'
import { makeEnrolledFiles, type ClusterIdentity } from './enrolled-files.ts'
import { readConfigBefore } from './first-node-before.ts'
import { firstNodeChanges } from './first-node-changes.ts'
import { chooseHeap, furtherNames } from './first-node.ts'
import type { FirstNodeFiles } from './first-node-files.ts'
import { hostNames } from './host-names.ts'
import type { KeyPair } from './keys.ts'
import { configureSettings, type JoiningWanted } from './settings-edit.ts'

export interface EnrolledNodeInput {
  readonly installation: Installation
  /** the node as it will be, every default filled in */
  readonly facts: SetupFacts
  /** what of it a person chose */
  readonly answers: Pick<SetupAnswers, 'nodeName' | 'httpPort' | 'transportPort' | 'heap'>
  /** its name was made up, so that no other node has it: it has to be written */
  readonly writesName: boolean
  readonly identity: ClusterIdentity
  readonly joins: JoiningWanted
  readonly keystorePassword: Secret | null
  readonly now: Date
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
}

/** A node that joins as a plan, and the CA that proves its HTTPS. */
export interface EnrolledNodePlan {
  readonly plan: Plan
  readonly caPem: string
  /** SHA-256 of the CA's DER, lower-case hex */
  readonly caFingerprint: string
  /** where http_ca.crt will lie */
  readonly caPath: string
}

/** A node that joins before its own key is there: all is read and decided. */
export interface EnrolledNodeOutline {
  readonly plan: Plan
  complete(key: KeyPair): Promise<EnrolledNodePlan>
}

/**
 * Plans a node that joins a cluster with what the cluster gave it. Touches nothing. Ports are always written: the next node on this machine takes other
 * ones, and this one is found where it was. Problems: `bad_node_name`, `keystore_…`, `heap_elsewhere`, `settings_…`.
 */
export async function outlineEnrolledNode(input: EnrolledNodeInput): Promise<EnrolledNodeOutline> {
  const { installation, facts, identity, keystorePassword, now, env } = input
  checkNodeName(facts.nodeName)
  const before = await readConfigBefore(input)
  const around = await surroundingsOf(installation, before.yml.text, { env, platform: input.platform })
  const settings = readSettings(before.yml.text, around.env, around.given)
  const names = await hostNames(furtherNames(facts, settings), around.env, input.platform)
  const heap = chooseHeap(input, before)
  const otherCluster = facts.clusterName === (settingText(settings, 'cluster.name') ?? 'elasticsearch') ? null : facts.clusterName
  const edited = configureSettings(before.yml.text, { nodeName: facts.nodeName, chosen: chosenOf(input, otherCluster), joins: input.joins, now }, around.env, around.given)
  const planWith = (files: FirstNodeFiles | null): Plan => ({
    kind: 'join',
    title: `Let ${facts.nodeName} join ${facts.clusterName}`,
    changes: firstNodeChanges({ config: installation.config, before, files, settings: edited, heap, passwordSource: null, now }),
  })
  return {
    plan: planWith(null),
    complete: async (key) => {
      const { files, ...ca } = await makeEnrolledFiles({ installation, keystorePassword, before, identity, key, nodeName: facts.nodeName, names, now })
      return { plan: planWith(files), ...ca, caPath: configPaths(installation.config).httpCa }
    },
  }
}

function chosenOf({ facts, answers, writesName, installation: { ports } }: EnrolledNodeInput, clusterName: string | null) {
  return {
    nodeName: answers.nodeName === undefined && !writesName ? null : facts.nodeName,
    clusterName,
    httpPort: ports.httpNamed && facts.httpPort === ports.http ? null : facts.httpPort,
    transportPort: ports.transportNamed && facts.transportPort === ports.transport ? null : facts.transportPort,
    httpHost: null,
  }
}
