import type { Installation } from '../../shared/contract/installation.ts'
import type { Check, PreflightReport, RemedyPreview } from '../../shared/contract/preflight.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { inspect } from '../installation/inspect.ts'
import { putBackLeft } from '../plan/left-plan.ts'
import { withHomeLocked } from '../plan/lock.ts'
import type { Plan } from '../plan/plan.ts'
import { previewChanges } from '../plan/preview.ts'
import type { Obstacles } from '../preflight/check.ts'
import { judge, type PreflightOptions } from '../preflight/preflight.ts'
import { configPaths } from '../security/config-paths.ts'
import { planRemedy } from '../security/remedy-plan.ts'
import { refuseUnfinished } from './refuse-unfinished.ts'
import { remedySentences } from './remedy-sentences.ts'

/** A previewed remedy that nobody has applied yet. Kept in memory only. */
export interface Remedy {
  readonly target: NodeTarget
  readonly installation: Installation
  readonly obstacles: Obstacles
  readonly keystorePassword: Secret | null
  readonly plan: Plan
  readonly preview: Omit<RemedyPreview, 'planId'>
}

/**
 * Undoing all that stands in the way of a first node and can be undone in its configuration, as a plan. Touches nothing, but puts back what an earlier one left whose process died. Without changes where
 * nothing stands in the way. Problems: `configured_not_undone`, `in_use_not_undone`, `nothing_can_be_undone`, that of unfinished work, those of `planRemedy`.
 */
export async function draftRemedy(target: NodeTarget, keystorePassword: Secret | null): Promise<Remedy> {
  const installation = await inspectSettled(target)
  const options = withPassword(keystorePassword)
  const { report, obstacles } = await judge(installation, options)
  if (report.verdict === 'ready') return nothingToDo({ target, installation, keystorePassword })
  const undone = refuseUnfit(installation, report, obstacles)
  const { plan, gone, settings } = await planRemedy({ installation, obstacles: undone, keystorePassword })
  const after = await judge(installation, { ...options, foreseen: { settings, entriesGone: undone.entries } })
  const remains = openChecks(after.report)
  const clears = openChecks(report).filter(({ id }) => !remains.some((check) => check.id === id))
  const { verdict } = after.report
  const undoneSettings = gone.flatMap(({ names, how }) => names.map((name) => ({ name, how })))
  const preview = {
    target,
    sentences: remedySentences({ settings: undoneSettings, keystoreEntries: [...undone.entries], remains }, 'will'),
    changes: await previewChanges(plan),
    settings: undoneSettings,
    keystoreEntries: [...undone.entries],
    clears: clears.map(({ id }) => id),
    remains,
    verdict,
  }
  return { target, installation, obstacles: undone, keystorePassword, plan, preview }
}

/** The home, once an interrupted remedy is put back. */
async function inspectSettled(target: NodeTarget): Promise<Installation> {
  const installation = await inspect(target)
  if (installation.unfinished?.kind !== 'remedy') return installation
  const { config } = installation
  await withHomeLocked(config, () => putBackLeft(config, 'remedy'))
  return inspect(target)
}

/** What may be undone here; ends with the problem that says why nothing may. */
export function refuseUnfit(installation: Installation, report: PreflightReport, obstacles: Obstacles | null): Obstacles {
  const { home } = installation
  refuseUnfinished(installation)
  if (report.running != null) {
    const said = report.checks.find(({ id }) => id === 'running')
    throw problem('in_use_not_undone', { home, reason: report.reason ?? '', remedy: said?.remedy ?? '' })
  }
  const inUse = report.checks.find(({ id, status }) => ['running', 'data'].includes(id) && isOpen(status))
  if (inUse?.id === 'running') throw problem('in_use_not_undone', { home, reason: inUse.detail, remedy: inUse.remedy ?? '' })
  if (report.configured && obstacles === null) throw problem('configured_not_undone', { home })
  if (inUse !== undefined) throw problem('in_use_not_undone', { home, reason: inUse.detail, remedy: inUse.remedy ?? '' })
  const locked = report.checks.find(({ code }) => code === 'keystore_locked' || code === 'keystore_wrong_password')
  if (locked !== undefined) throw problem(locked.code === 'keystore_locked' ? 'keystore_locked' : 'keystore_wrong_password', { path: configPaths(installation.config).keystore })
  if (obstacles === null || obstacles.settings.length + obstacles.entries.length === 0) {
    const deciding = report.checks.find(({ id }) => id === report.decidedBy)
    throw problem('nothing_can_be_undone', { home, reason: deciding?.detail ?? '', remedy: deciding?.remedy ?? 'Do what each check says, then check again.' })
  }
  return obstacles
}

export function withPassword(keystorePassword: Secret | null): PreflightOptions {
  return keystorePassword === null ? {} : { keystorePassword }
}

function nothingToDo(known: Pick<Remedy, 'target' | 'installation' | 'keystorePassword'>): Remedy {
  return {
    ...known,
    obstacles: { settings: [], entries: [] },
    plan: { kind: 'remedy', title: '', changes: [] },
    preview: { target: known.target, sentences: ['Nothing stands in the way.'], changes: [], settings: [], keystoreEntries: [], clears: [], remains: [], verdict: 'ready' },
  }
}

function openChecks({ checks }: PreflightReport): Check[] {
  return checks.filter(({ status }) => isOpen(status))
}

function isOpen(status: string): boolean {
  return status === 'skips' || status === 'blocks'
}
