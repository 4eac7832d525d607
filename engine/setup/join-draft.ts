import { randomUUID } from 'node:crypto'
import type { Installation } from '../../shared/contract/installation.ts'
import type { FoundCluster, JoinAnswers, JoinPreview } from '../../shared/contract/join.ts'
import type { SetupFacts } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { decodeEnrollmentToken } from '../../shared/enrollment-token.ts'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import { isFileRealmOff } from '../cluster/file-realm.ts'
import { readEnrollAnswer } from '../enroll/cluster-identity.ts'
import { confirmToken } from '../enroll/explain-token.ts'
import { reachCluster } from '../enroll/reach-cluster.ts'
import { refuseVersions } from '../enroll/refuse-versions.ts'
import { openWithToken } from '../enroll/token-connection.ts'
import { inspect } from '../installation/inspect.ts'
import { readHomeSettings } from '../installation/home-settings.ts'
import { checkHeap } from '../node/heap.ts'
import { previewChanges } from '../plan/preview.ts'
import { runPreflight, type PreflightOptions } from '../preflight/preflight.ts'
import { refusalOf } from '../preflight/refusal.ts'
import type { Settings } from '../preflight/settings.ts'
import { checkAnswers } from '../security/answers.ts'
import { outlineEnrolledNode, type EnrolledNodePlan } from '../security/enrolled-node.ts'
import { beginKey, type KeyPair } from '../security/keys.ts'
import { inContext, verifyPlan } from './draft.ts'
import { inspectForJoin } from './inspect-for-join.ts'
import { joinFacts } from './join-facts.ts'
import { joinSentences } from './join-sentences.ts'
import { refuseBootstrap } from './refuse-bootstrap.ts'

/** A previewed node that joins, with its key being made and what the cluster gave for it in memory only. The token is not needed any more. */
export interface JoinDraft {
  readonly kind: 'joining'
  readonly planId: string
  readonly target: NodeTarget
  readonly installation: Installation
  readonly facts: SetupFacts
  readonly answers: Omit<JoinAnswers, 'keystorePassword'>
  readonly keys: { readonly ready: Promise<KeyPair>; cancel(): void }
  readonly keystorePassword: Secret | null
  readonly preview: JoinPreview
  complete(key: KeyPair): Promise<EnrolledNodePlan>
  /** Whether the plan still fits this machine. Touches nothing. Problems: `changed_meanwhile`, `port_taken`. */
  verify(): Promise<void>
}

/**
 * Plans a node that joins the cluster of `token`. All answers are in before anything is written: the checks of the home, the cluster behind the token, what
 * it gives, its nodes on transport and their versions. Problems: those of the verdict, `token_…`, `enroll_…`, `join_…`, and those of the answers.
 */
export async function draftJoin(wish: { readonly target: NodeTarget; readonly token: string; readonly answers: JoinAnswers }, signal: AbortSignal): Promise<JoinDraft> {
  const { target } = wish
  const { keystorePassword, ...answers } = wish.answers
  const installation = await inspectForJoin(target)
  const token = decodeEnrollmentToken(wish.token)
  checkAnswers(answers)
  if (answers.heap !== undefined) checkHeap(answers.heap, installation.memory.totalBytes)
  const secret = keystorePassword === undefined ? null : new Secret(keystorePassword)
  const options: PreflightOptions = { joining: true, ...(secret === null ? {} : { keystorePassword: secret }), ...(answers.heap === undefined ? {} : { heap: answers.heap }) }
  const refusal = refusalOf(await runPreflight(installation, options))
  if (refusal !== null) throw inContext(refusal, installation)
  const { settings } = await readHomeSettings(installation)
  refuseHopeless(settings)
  const connection = await openWithToken({ token, signal })
  const answer = readEnrollAnswer(await connection.get('/_security/enroll/node'))
  const told = await confirmToken(token, connection)
  const reached = await reachCluster({ answer, url: connection.url, ip: connection.ip, major: installation.major, signal })
  refuseVersions(installation.version, reached.nodes.map(({ version }) => version))
  const { facts, nameMadeUp } = await joinFacts(installation, settings, answers, reached)
  const joins = { seedHosts: answer.nodesAddresses, remote: reached.remote }
  const outline = await outlineEnrolledNode({ installation, facts, answers, writesName: nameMadeUp, identity: answer.identity, joins, keystorePassword: secret, now: new Date() })
  await refuseBootstrap(installation, outline.plan)
  const changes = await previewChanges(outline.plan)
  const planId = randomUUID()
  const cluster: FoundCluster = { name: facts.clusterName, url: connection.url, nodes: reached.nodes.map(({ nodeName, address, version }) => ({ name: nodeName, address, version })) }
  const sentences = joinSentences(facts, { version: installation.version, home: installation.home, cluster, remote: reached.remote, nameMadeUp, changes })
  return {
    kind: 'joining',
    planId,
    target,
    installation,
    facts,
    answers,
    keys: beginKey(),
    keystorePassword: secret,
    preview: { planId, target, facts, sentences, changes, token: told, cluster, tried: [...connection.addresses] },
    complete: (key) => outline.complete(key),
    verify: () => verifyPlan(outline.plan, facts, async () => (await joinFacts(await inspect(target), settings, answers, reached)).facts),
  }
}

/** What is known to fail later is not begun: a node that would form a cluster of its own, whatever else it is told, and one that nobody could ask whether the cluster lists it. */
export function refuseHopeless(settings: Settings): void {
  const setting = ['discovery.type', 'cluster.initial_master_nodes'].find((name) => settings.has(name))
  if (setting !== undefined) throw problem('join_alone', { setting })
  if (isFileRealmOff(settings)) throw problem('join_file_realm_off', {})
}
