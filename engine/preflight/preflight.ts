import type { Installation } from '../../shared/contract/installation.ts'
import type { Check, PreflightReport, RunningHome, Verdict } from '../../shared/contract/preflight.ts'
import type { Secret } from '../../shared/secret.ts'
import { hereOf, type Here } from '../network/resolve-host.ts'
import { launchEnvironment } from '../node/launch-environment.ts'
import { withoutTakenSecrets } from '../secret-variables.ts'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { mountPoints } from '../system/mount-points.ts'
import { areEnforced } from './bootstrap/enforced.ts'
import { factsOf, withHeap } from './bootstrap/facts.ts'
import type { Context, Finding, Obstacles, Rule } from './check.ts'
import { rules, rulesWhileRunning } from './checks/rules.ts'
import { isConfigured } from './configured.ts'
import { askAboutOptions, type JavaAnswer } from './java-answer.ts'
import type { RunJava } from './java-trial.ts'
import { lookAtKeystore } from './keystore-look.ts'
import type { ProcessLimits } from './process-limits.ts'
import { runningHome } from './running-home.ts'
import { readSettingsFile } from './settings-file.ts'
import type { Settings } from './settings.ts'

export interface PreflightOptions {
  /** of an existing, protected keystore: without it such a home is not ready */
  readonly keystorePassword?: Secret
  /** the heap that will be asked for, as `-Xmx` takes it */
  readonly heap?: string
  /** with an enrollment token: it needs no place for the users of the cluster */
  readonly joining?: boolean
  /** what the system allows the node, where that is not to be asked of the system */
  readonly limits?: ProcessLimits
  /** every mount point by its real path, where that is not to be asked of the system */
  readonly mountPoints?: ReadonlySet<string>
  /** what the machine knows of hosts and addresses, where that is not to be asked of the machine */
  readonly here?: Here
  /** the caller's environment, of which the launcher makes the node's */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** the node of this home, where it is known already */
  readonly running?: RunningHome | null
  /** stands in for the Java of the home */
  readonly runJava?: RunJava
  readonly platform?: NodeJS.Platform
  readonly ask?: Ask
  /** judges the home as it would be with these settings (null: as they are), and without these entries of the keystore */
  readonly foreseen?: { readonly settings: Settings | null; readonly entriesGone: readonly string[] }
}

/** A report, and what of that which stands in the way a plan can take out; null where nothing may be taken out here. */
export interface Judgement {
  readonly report: PreflightReport
  readonly obstacles: Obstacles | null
}

/**
 * May this node be set up? Runs every check and draws one verdict, the same that Elasticsearch's own auto-configuration
 * would: `ready` where that would configure security, `skipped` where it would leave it and the node would start all the
 * same, `blocked` where the node could not start; `running` where it does. Touches nothing. Whether output is redirected is of no matter here,
 * though Elasticsearch skips then: our password does not go over the terminal.
 */
export async function runPreflight(installation: Installation, options: PreflightOptions = {}): Promise<PreflightReport> {
  return (await judge(installation, options)).report
}

/**
 * The same, with what can be undone. Nothing may be where security is configured, where the node runs or has data (it was started with
 * these settings, and may need them), where a set-up of ours is not finished, and where the settings are only linked to.
 */
export async function judge(installation: Installation, options: PreflightOptions = {}): Promise<Judgement> {
  const context = await contextOf(installation, options)
  const found = leaveOutVain(whatMatters(await findAll(context)))
  const open = found.filter(({ finding }) => finding.status === 'skips' || finding.status === 'blocks')
  // Without its certificates a configured home cannot start: then it may be made ready for a new set-up.
  const isSetUp = isConfigured(context) && !found.some(isLost)
  const mayUndo = !isSetUp && installation.state !== 'unfinished' && !open.some(({ rule }) => forbidsUndoing.has(rule.id))
  const checks = found.map(({ rule, finding }) => {
    const check = checkOf(rule, finding, mayUndo)
    return isConfigured(context) && finding.status === 'skips' && partsOfSetup.has(rule.id) ? { ...check, remedy: null } : check
  })
  const obstacles = {
    settings: [...new Set(open.flatMap(({ finding }) => finding.undo?.settings ?? []))],
    entries: [...new Set(open.flatMap(({ finding }) => finding.undo?.entries ?? []))],
  }
  return { report: reportOn(checks, context), obstacles: mayUndo ? obstacles : null }
}

function isLost({ rule, finding }: Found): boolean {
  return rule.id === 'tls-files' && finding.status === 'blocks'
}

/** A node that cannot start can be given no password: its check is in vain. */
function leaveOutVain(found: readonly Found[]): readonly Found[] {
  return found.some(isLost) ? found.filter(({ rule }) => rule.id !== 'elastic-password') : found
}

/** Checks that tell of a node that was started, and of settings that are no file of their own. */
const forbidsUndoing = new Set(['running', 'data', 'settings-file'])

/** Checks whose finding, where security is configured, is a part of that: nobody is to take it out. */
const partsOfSetup = new Set(['data', 'security-enabled', 'tls', 'discovery', 'keystore'])

function reportOn(checks: readonly Check[], context: Context): PreflightReport {
  if (context.running !== null) return reportOnRunning(checks, context)
  const decisive = checks.find(({ status }) => status === 'blocks') ?? checks.find(({ status }) => status === 'skips')
  const verdict: Verdict = decisive === undefined ? 'ready' : decisive.status === 'blocks' ? 'blocked' : 'skipped'
  return {
    verdict,
    reason: decisive?.detail ?? null,
    decidedBy: decisive?.id ?? null,
    configured: verdict !== 'ready' && isConfigured(context),
    checks: [...checks],
  }
}

/** A node that runs is not judged by whether it could start: what would end its next start is a warning. */
function reportOnRunning(checks: readonly Check[], context: Context): PreflightReport {
  const said = checks.find(({ id }) => id === 'running')
  return {
    verdict: context.installation.state === 'unfinished' ? 'skipped' : 'running',
    reason: said?.detail ?? null,
    decidedBy: 'running',
    configured: isConfigured(context),
    running: context.running,
    checks: checks.map((check) => (check.id !== 'running' && check.status !== 'passed' ? { ...check, status: 'warning' } : check)),
  }
}

async function contextOf(installation: Installation, options: PreflightOptions): Promise<Context> {
  const { platform = process.platform, foreseen } = options
  const reading = { env: options.env, platform, ask: options.ask }
  const here = options.here ?? (await hereOf(installation.home))
  const [env, { settings, problem }, keystore, running] = await Promise.all([
    launchEnvironment(installation, { ...reading, refers: new Set() }),
    readSettingsFile(installation, reading),
    lookAtKeystore(installation, options.keystorePassword ?? null, platform),
    options.running === undefined ? runningHome(installation) : options.running,
  ])
  let answer: Promise<JavaAnswer> | null = null
  const heap = options.heap ?? null
  return {
    installation,
    javaAnswer: () => (answer ??= askAboutOptions({ installation, env, heap, platform, ...(options.runJava === undefined ? {} : { run: options.runJava }) })),
    settings: foreseen?.settings ?? settings,
    settingsProblem: problem,
    keystore: { ...keystore, names: keystore.names?.filter((name) => foreseen?.entriesGone.includes(name) !== true) ?? null },
    running,
    env,
    hostName: env.HOSTNAME ?? '',
    heap,
    joining: options.joining ?? false,
    here,
    mountPoints: options.mountPoints ?? (await mountPoints(platform)),
    bootstrap: await bootstrapOf(installation, foreseen?.settings ?? settings, options, { env, here }),
    platform,
    ask: options.ask ?? askSystem,
  }
}

async function bootstrapOf(installation: Installation, settings: Settings | null, options: PreflightOptions, { env, here }: Pick<Context, 'env' | 'here'>): Promise<Context['bootstrap']> {
  if (settings === null) return null
  const { heap, limits, platform = process.platform } = options
  const known = { settings, log: installation.logs, env, platform, ...(limits === undefined ? {} : { limits }) }
  const found = await factsOf(installation, known)
  const facts = heap === undefined ? found : { ...found, options: withHeap(found.options, installation, heap) }
  return { enforced: await areEnforced(settings, facts.options, here), facts }
}

interface Found {
  readonly rule: Rule
  readonly finding: Finding
}

async function findAll(context: Context): Promise<Found[]> {
  const applying = context.running === null ? rules : rulesWhileRunning
  const found = await Promise.all(applying.map(async (rule) => ({ rule, finding: await rule.run(context) })))
  return found.flatMap(({ rule, finding }) => (finding === null ? [] : [{ rule, finding }]))
}

/** Where Elasticsearch would skip its configuration nothing is written. */
function whatMatters(found: readonly Found[]): readonly Found[] {
  const skips = found.some(({ finding }) => finding.status === 'skips')
  return skips ? found.filter(({ rule }) => rule.writes !== true) : found
}

/** What a setting says may come from a secret that it refers to. */
function checkOf({ id, title }: Rule, { undo, detail, remedy, ...finding }: Finding, mayUndo: boolean): Check {
  const shown = { detail: withoutTakenSecrets(detail), remedy: remedy === null ? null : withoutTakenSecrets(remedy) }
  return { id, title, ...finding, ...shown, ...(undo !== undefined && mayUndo ? { undoable: true } : {}) }
}
