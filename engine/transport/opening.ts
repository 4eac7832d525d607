import { stat } from 'node:fs/promises'
import type { Installation } from '../../shared/contract/installation.ts'
import type { OpeningPreview } from '../../shared/contract/transport.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import { areLoopback, hereOf, type Here } from '../network/resolve-host.ts'
import { findNode } from '../node/find-node.ts'
import { sha256 } from '../plan/entry.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import type { Plan } from '../plan/plan.ts'
import { refuseUnfinished } from '../setup/refuse-unfinished.ts'
import { leftPlan } from '../plan/settled.ts'
import { previewChanges } from '../plan/preview.ts'
import { areEnforced } from '../preflight/bootstrap/enforced.ts'
import { factsOf } from '../preflight/bootstrap/facts.ts'
import { foreseeBootstrapChecks } from '../preflight/bootstrap/rules.ts'
import { isConfigured } from '../preflight/configured.ts'
import { readSettingsText, surroundingsOf } from '../preflight/settings-file.ts'
import { readSettings, settingList, settingText, type Settings } from '../preflight/settings.ts'
import { configPaths } from '../security/config-paths.ts'
import { setTransportHost } from '../security/transport-host-edit.ts'
import { bindAddresses, type BindAddresses } from './bind-addresses.ts'
import { environmentAgain } from './environment-again.ts'
import { openingSentences } from './opening-sentences.ts'
import { refuseUnstartable } from './refuse-unstartable.ts'
import { readTransportHosts } from './transport-hosts.ts'

/** A previewed opening that nobody has applied yet. Kept in memory only. */
export interface Opening {
  readonly target: NodeTarget
  readonly installation: Installation
  readonly hosts: readonly string[]
  readonly found: BindAddresses
  readonly keystorePassword: Secret | null
  readonly plan: Plan
  readonly preview: Omit<OpeningPreview, 'planId'>
}

/**
 * Binding the transport of a configured node to `hosts`, as a plan, with Elasticsearch's bootstrap checks foreseen. Touches nothing, but puts back what an earlier opening
 * left whose process died. Without changes where the settings say so already. Problems: `unfinished_setup`, `not_configured`, `transport_…`, `bad_transport_host`,
 * `keystore_…`, `settings_…`, `windows_service_runs`, those of the Java of a node that is to be started anew.
 */
export async function draftOpening(target: NodeTarget, hostsText: string, keystorePassword: Secret | null, given?: Here): Promise<Opening> {
  const hosts = readTransportHosts(hostsText)
  const installation = await inspectSettled(target)
  const { home, config, logs } = installation
  const path = configPaths(config).yml
  const { text, bytes } = await readSettingsText(path)
  const running = await findNode(installation)
  const { env, given: above } = await surroundingsOf(installation, text, { env: await environmentAgain(installation, running) })
  const settings = readSettings(text, env, above)
  refuseUnfit(installation, settings)
  const here = given ?? (await hereOf(home))
  const found = await bindAddresses(hosts, here)
  await refuseOtherPublisher(settings, found, here)
  if (running !== null) await refuseUnstartable(installation, keystorePassword)
  const edited = setTransportHost(text, hosts, env, above)
  const facts = await factsOf(installation, { settings: edited.settings, log: running?.logFile ?? logs, env })
  const checks = (await areEnforced(edited.settings, facts.options, here)) ? foreseeBootstrapChecks(facts) : []
  const stats = await stat(path)
  const plan: Plan = {
    kind: 'opening',
    title: 'Allow nodes on other machines',
    changes:
      edited.text === text
        ? []
        : [
            {
              kind: 'write',
              path,
              followsLink: true,
              content: Buffer.from(edited.text, 'utf8'),
              replaces: sha256(bytes),
              mode: stats.mode & 0o7777,
              owner: process.platform === 'win32' ? null : { uid: stats.uid, gid: stats.gid },
              secret: false,
              note: 'transport.host says where the node is reached by others; every other line stays as it is.',
              lineNotes: edited.lineNotes,
            },
          ],
  }
  const preview = {
    target,
    hosts,
    addresses: [...found.addresses],
    sentences: openingSentences({ installation, hosts, found, before: settings, running, isThere: plan.changes.length === 0 }),
    checks,
    changes: await previewChanges(plan),
    restarts: running !== null && plan.changes.length > 0,
  }
  return { target, installation, hosts, found, keystorePassword, plan, preview }
}

/** The home, once what an earlier opening left whose process died is put back. */
async function inspectSettled(target: NodeTarget): Promise<Installation> {
  const installation = await inspect(target)
  const { config } = installation
  if ((await leftPlan(config)) !== 'opening') return installation
  await withHomeLocked(config, () => putBackLeft(config, 'opening'))
  return inspect(target)
}

/** What can never be opened: the same before it is previewed and before it is written. */
export function refuseUnfit(installation: Installation, settings: Settings): void {
  const { home } = installation
  refuseUnfinished(installation)
  if (!isConfigured({ settings, installation })) throw problem('not_configured', { home })
  if (settingText(settings, 'discovery.type') === 'single-node') throw problem('transport_single_node', { home })
  const profile = [...settings.keys()].find((name) => /^transport\.profiles\.default\.(?:host|bind_host|publish_host)$/.test(name))
  if (profile !== undefined) throw problem('transport_profiles', { setting: profile })
}

/** The address that other nodes are given is set apart from the one the node listens on. */
async function refuseOtherPublisher(settings: Settings, { opens }: BindAddresses, here: Here): Promise<void> {
  const setting = 'transport.publish_host'
  const hosts = settingList(settings, setting)
  const [host] = hosts
  if (opens && host !== undefined && (await areLoopback(hosts, here))) {
    throw problem('transport_published_elsewhere', { setting, host })
  }
}
