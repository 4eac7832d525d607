import { hostname } from 'node:os'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Check, PreflightReport, Verdict } from '../../shared/contract/preflight.ts'
import type { Secret } from '../../shared/secret.ts'
import type { Context, Rule } from './check.ts'
import { rules } from './checks/rules.ts'
import { isConfigured } from './configured.ts'
import { lookAtKeystore } from './keystore-look.ts'
import { readSettingsFile } from './settings-file.ts'

export interface PreflightOptions {
  /** of an existing, protected keystore: without it such a home is not ready */
  readonly keystorePassword?: Secret
  /** the heap that will be asked for, as `-Xmx` takes it */
  readonly heap?: string
  /** how many files the node may open at most, where that is not to be asked of the system */
  readonly openFiles?: number
  /** the environment the node will have */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
}

/**
 * May this node be set up? Runs every check and draws one verdict, the same that Elasticsearch's own auto-configuration
 * would: `ready` where that would configure security, `skipped` where it would leave it and the node would start all the
 * same, `blocked` where the node could not start. Touches nothing. Whether output is redirected is of no matter here,
 * though Elasticsearch skips then: our password does not go over the terminal.
 */
export async function runPreflight(installation: Installation, options: PreflightOptions = {}): Promise<PreflightReport> {
  const context = await contextOf(installation, options)
  const found = await Promise.all(rules.map((rule) => runRule(rule, context)))
  const checks = found.filter((check) => check !== null)
  const decisive = checks.find(({ status }) => status === 'blocks') ?? checks.find(({ status }) => status === 'skips')
  const verdict: Verdict = decisive === undefined ? 'ready' : decisive.status === 'blocks' ? 'blocked' : 'skipped'
  return {
    verdict,
    reason: decisive?.detail ?? null,
    decidedBy: decisive?.id ?? null,
    configured: verdict !== 'ready' && isConfigured(context),
    checks,
  }
}

async function contextOf(installation: Installation, options: PreflightOptions): Promise<Context> {
  const { platform = process.platform } = options
  // The launcher exports HOSTNAME, which a shell may keep to itself (bin/elasticsearch-env).
  const env = { HOSTNAME: hostname(), ...(options.env ?? process.env) }
  const { settings, problem } = await readSettingsFile(installation, env, platform)
  return {
    installation,
    settings,
    settingsProblem: problem,
    keystore: await lookAtKeystore(installation, options.keystorePassword ?? null, platform),
    env,
    hostName: env.HOSTNAME ?? '',
    heap: options.heap ?? null,
    openFiles: options.openFiles ?? null,
    platform,
  }
}

async function runRule({ id, title, run }: Rule, context: Context): Promise<Check | null> {
  const finding = await run(context)
  return finding === null ? null : { id, title, ...finding }
}
