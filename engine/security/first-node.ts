import type { Installation } from '../../shared/contract/installation.ts'
import type { SetupAnswers, SetupFacts } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { bareHost } from '../network/ip-address.ts'
import { isEveryAddress } from '../network/loopback.ts'
import type { Plan } from '../plan/plan.ts'
import { surroundingsOf } from '../preflight/settings-file.ts'
import { readSettings, settingList, type Settings } from '../preflight/settings.ts'
import { certificateName, checkAnswers, checkNodeName, checkPassword, isCertificateName } from './answers.ts'
import { configPaths, entryNames } from './config-paths.ts'
import { readConfigBefore, type ConfigBefore } from './first-node-before.ts'
import { firstNodeChanges } from './first-node-changes.ts'
import { makeFirstNodeFiles, type ElasticPassword, type FirstNodeFiles } from './first-node-files.ts'
import { hostNames } from './host-names.ts'
import type { NodeKeys } from './keys.ts'
import { makeElasticPassword } from './passwords.ts'
import { configureSettings, type SettingsWanted } from './settings-edit.ts'

export interface FirstNodeInput {
  readonly installation: Installation
  /** the node as it will be, every default filled in */
  readonly facts: SetupFacts
  /** what of it a person chose: only that is written into `elasticsearch.yml` */
  readonly answers: Omit<SetupAnswers, 'elasticPassword' | 'keystorePassword'>
  readonly elasticPassword?: Secret | null
  readonly keystorePassword?: Secret | null
  readonly now: Date
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
}

/** The first node as a plan, and what somebody needs to use it. */
export interface FirstNodePlan {
  readonly plan: Plan
  /** of the elastic user */
  readonly password: Secret
  readonly passwordSource: 'made' | 'chosen' | 'bootstrap.password'
  /** SHA-256 of the CA's DER, lower-case hex */
  readonly caFingerprint: string
  readonly caPem: string
  /** where http_ca.crt will lie */
  readonly caPath: string
}

/** The first node before its keys are there: all is read and decided. */
export interface FirstNodeOutline {
  /** for the preview: as it will be, but that files which need the keys are `pending` and without content */
  readonly plan: Plan
  readonly passwordSource: FirstNodePlan['passwordSource']
  /** The whole plan, made from what was read for the outline: apply refuses where a file changed since. */
  complete(keys: NodeKeys): Promise<FirstNodePlan>
}

/** Plans a first secured node: outline and keys in one. Touches nothing. Problems: those of `outlineFirstNode`. */
export async function planFirstNode(input: FirstNodeInput & { readonly keys: NodeKeys }): Promise<FirstNodePlan> {
  return (await outlineFirstNode(input)).complete(input.keys)
}

/**
 * Reads what there is and decides all that does not need the keys. Touches nothing. Problems: `bad_…` of the answers, `keystore_…`,
 * `bootstrap_password_there`, `heap_elsewhere`, `settings_not_editable`, `settings_not_appendable`, `settings_…`.
 */
export async function outlineFirstNode(input: FirstNodeInput): Promise<FirstNodeOutline> {
  const { installation, facts, now, env } = input
  checkChoices(input)
  const before = await readConfigBefore(input)
  const around = await surroundingsOf(installation, before.yml.text, { env, platform: input.platform })
  const names = await hostNames(furtherNames(facts, readSettings(before.yml.text, around.env, around.given)), around.env, input.platform)
  const password = choosePassword(input, before)
  const heap = chooseHeap(input, before)
  const settings = configureSettings(before.yml.text, settingsWanted(input), around.env, around.given)
  const planWith = (files: FirstNodeFiles | null): Plan => ({
    kind: 'first-node',
    title: `Set up ${facts.nodeName} as the first node of ${facts.clusterName}`,
    changes: firstNodeChanges({ config: installation.config, before, files, settings, heap, passwordSource: password.source, now }),
  })
  return {
    plan: planWith(null),
    passwordSource: password.source,
    complete: async (keys) => {
      const { files, caPem, caFingerprint } = await makeFirstNodeFiles(input, { before, names, keys, password })
      const caPath = configPaths(installation.config).httpCa
      return { plan: planWith(files), password: password.secret, passwordSource: password.source, caPem, caFingerprint, caPath }
    },
  }
}

function checkChoices({ answers, facts, elasticPassword }: FirstNodeInput): void {
  checkAnswers(answers)
  checkNodeName(facts.nodeName)
  if (elasticPassword) checkPassword(elasticPassword.reveal())
}

/** Names a person asked for, and those the node publishes: Elasticsearch's own tools refuse a certificate without them. */
export function furtherNames(facts: Pick<SetupFacts, 'httpHost' | 'san'>, settings: Settings): string[] {
  const published = [facts.httpHost, ...publishedBy.flatMap((key) => settingList(settings, key))].flatMap((hosts) => hosts.split(',')).map(bareHost)
  const named = published.filter((host) => !isEveryAddress(host) && isCertificateName(host))
  return [...named, ...facts.san].map(certificateName)
}

const publishedBy = ['http.publish_host', 'http.host', 'network.publish_host', 'network.host']

/** A `bootstrap.password` wins over every hash (ReservedRealm), so it is the password. */
function choosePassword({ installation, elasticPassword }: FirstNodeInput, { keystore }: ConfigBefore): ElasticPassword {
  const there = keystore?.entries.get(entryNames.bootstrapPassword)
  if (there !== undefined && elasticPassword) throw problem('bootstrap_password_there', { path: configPaths(installation.config).keystore })
  if (there !== undefined) return { secret: there.text(), source: 'bootstrap.password' }
  return elasticPassword ? { secret: elasticPassword, source: 'chosen' } : { secret: makeElasticPassword(), source: 'made' }
}

/** The heap to write down; null where it is left to what the home says. Problem: `heap_elsewhere`. */
export function chooseHeap({ facts, answers }: { readonly facts: Pick<SetupFacts, 'heap'>; readonly answers: Pick<SetupAnswers, 'heap'> }, { heap: { overruledBy } }: ConfigBefore): string | null {
  if (overruledBy === null) return facts.heap
  if (answers.heap === undefined) return null
  throw problem('heap_elsewhere', { path: overruledBy })
}

/** Ports are written where they were chosen, or moved on because another process has them. */
function settingsWanted({ facts, answers, installation: { ports }, now }: FirstNodeInput): SettingsWanted {
  return {
    nodeName: facts.nodeName,
    chosen: {
      nodeName: answers.nodeName ?? null,
      clusterName: answers.clusterName ?? null,
      httpPort: answers.httpPort === undefined && facts.httpPort === ports.http ? null : facts.httpPort,
      transportPort: answers.transportPort === undefined && facts.transportPort === ports.transport ? null : facts.transportPort,
      httpHost: answers.httpHost === undefined ? null : facts.httpHost,
    },
    now,
  }
}
