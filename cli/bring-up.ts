import type { PreflightReport } from '../shared/contract/preflight.ts'
import type { PlanPreview, SetupAnswers, SetupState } from '../shared/contract/setup.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import type { Secret } from '../shared/secret.ts'
import type { Context } from './command.ts'
import { followSetup } from './follow-setup.ts'
import { handOver, reportAsIs, reportExisting } from './hand-over.ts'
import type { Engine } from './io.ts'
import { ToldError, toldOf } from './problem-page.ts'
import { startConfigured } from './start-configured.ts'
import { withProgress } from './terminal/progress.ts'
import { printable } from './terminal/text.ts'

export interface UpWishes {
  readonly answers: SetupAnswers
  /** options that only a first node heeds, as typed */
  readonly given: readonly string[]
  readonly keystore: Secret | undefined
  readonly asIs: boolean
}

/** From whatever state the home is in to a node that runs, and its credentials where they are known. Gives the exit code. */
export async function bringUp(engine: Engine, target: NodeTarget, context: Context, wishes: UpWishes): Promise<number> {
  const installation = await engine.installation.inspect(target, { signal: context.signal })
  if (installation.state === 'unfinished') return handOver(engine, await resume(engine, target, context, wishes), context)
  const report = await engine.preflight.run(target, { signal: context.signal })
  if (report.configured) return existing(engine, target, context, wishes)
  if (report.verdict === 'skipped' && wishes.asIs) return startAsIs(engine, target, context, wishes)
  const preview = await planned(engine, target, context, wishes, report)
  if (wishes.asIs) context.tell('--as-is is not needed: security can be configured here, so it is.')
  tellPlan(preview, context)
  if (context.signal.aborted) await engine.setup.discard({ planId: preview.planId })
  context.signal.throwIfAborted()
  const state = await withProgress(context, async (view) =>
    followSetup(engine, await engine.setup.apply({ planId: preview.planId }), context, view),
  )
  return handOver(engine, state, context)
}

/** The preview of a first node. It is the plan that refuses a home where none can be: where it would be skipped, the refusal names the way out. */
function planned(engine: Engine, target: NodeTarget, context: Context, { answers }: UpWishes, report: PreflightReport): Promise<PlanPreview> {
  return engine.setup.plan({ target, answers }, { signal: context.signal }).catch((thrown: unknown) => {
    const { code, message, remedy } = toldOf(thrown, context.signal)
    const undo = report.checks.some(({ undoable }) => undoable === true) ? ' `firstnode prepare` undoes what can be undone, after a preview.' : ''
    const asIs = report.verdict === 'skipped' ? ' Or start the node as it is, without security being configured: --as-is' : ''
    throw undo + asIs === '' ? thrown : new ToldError({ code, message, remedy: `${remedy}${undo}${asIs}` })
  })
}

function resume(engine: Engine, target: NodeTarget, context: Context, { answers }: UpWishes): Promise<SetupState> {
  context.tell('A set-up began here earlier and nobody has its password yet: it is taken up.')
  const changed = Object.keys(answers).length === 0 ? {} : { answers }
  return withProgress(context, async (view) => followSetup(engine, await engine.setup.resume({ target, ...changed }), context, view))
}

async function existing(engine: Engine, target: NodeTarget, context: Context, wishes: UpWishes): Promise<number> {
  if (wishes.given.length > 0) context.tell(`Security is configured here already: ${wishes.given.join(', ')} ${wishes.given.length === 1 ? 'has' : 'have'} no effect.`)
  const status = await engine.node.status(target, { signal: context.signal })
  const started = status.running ? null : await startConfigured(engine, target, wishes.keystore, context)
  return reportExisting(engine, target, started, context)
}

async function startAsIs(engine: Engine, target: NodeTarget, context: Context, wishes: UpWishes): Promise<number> {
  context.tell('Starting the node as it is: its security is not configured by this.')
  const { heap } = wishes.answers
  const status = await engine.node.status(target, { signal: context.signal })
  const started = status.running
    ? null
    : await withProgress(context, async (view) =>
        followSetup(engine, await engine.setup.startAsIs({ target, ...(heap === undefined ? {} : { heap }) }), context, view),
      )
  return reportAsIs(engine, target, started, context)
}

function tellPlan(preview: PlanPreview, context: Context): void {
  for (const sentence of preview.sentences) context.tell(`${context.err.signs.dot} ${printable(sentence)}`)
}
