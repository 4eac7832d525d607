import type { Installation } from '../shared/contract/installation.ts'
import type { PreflightReport } from '../shared/contract/preflight.ts'
import type { PlanPreview, SetupAnswers, SetupState } from '../shared/contract/setup.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import type { Secret } from '../shared/secret.ts'
import { callLine, lastingTarget } from './call-line.ts'
import type { Context } from './command.ts'
import { followSetup } from './follow-setup.ts'
import { handOver, reportAsIs, reportExisting } from './hand-over.ts'
import type { Engine } from './io.ts'
import { reportJoined } from './joined.ts'
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
export async function bringUp(engine: Engine, asked: NodeTarget, context: Context, wishes: UpWishes): Promise<number> {
  const installation = await engine.installation.inspect(asked, { signal: context.signal })
  const target = lastingTarget(asked, installation)
  if (installation.state === 'unfinished') {
    const state = await resume(engine, installation, target, context, wishes)
    return state.joined === undefined ? handOver(engine, state, context) : reportJoined(engine, state, context)
  }
  const report = await engine.preflight.run({ ...target, ...keystoreOf(wishes) }, { signal: context.signal })
  const takenAsIs = report.configured || report.verdict === 'skipped' || installation.state === 'running'
  if (wishes.asIs && takenAsIs) return startAsIs(engine, target, context, wishes)
  if (report.configured && (await engine.node.status(target, { signal: context.signal })).secured) return existing(engine, target, context, wishes)
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

/** The preview of a first node. It is the plan that refuses a home where none can be: where the node can be had as it is, the refusal names that way. */
function planned(engine: Engine, target: NodeTarget, context: Context, { answers }: UpWishes, report: PreflightReport): Promise<PlanPreview> {
  return engine.setup.plan({ target, answers }, { signal: context.signal }).catch((thrown: unknown) => {
    if (context.signal.aborted) throw thrown
    const undo = !report.configured && report.checks.some(({ undoable }) => undoable === true) ? ' `firstnode prepare` undoes what can be undone, after a preview.' : ''
    if (report.verdict === 'skipped' || report.configured) throw orAsIs(thrown, target, context, undo)
    const { code, message, remedy } = toldOf(thrown, context.signal)
    throw undo === '' ? thrown : new ToldError({ code, message, remedy: `${remedy}${undo}` })
  })
}

function orAsIs(thrown: unknown, target: NodeTarget, context: Context, first = ''): ToldError {
  const { code, message, remedy } = toldOf(thrown, context.signal)
  return new ToldError({ code, message, remedy: `${remedy}${first} Or start the node as it is, without security being configured:`, line: callLine(context.io, 'up --as-is', target) })
}

function resume(engine: Engine, { stateReason }: Installation, target: NodeTarget, context: Context, { answers }: UpWishes): Promise<SetupState> {
  context.tell(`${stateReason ?? 'A setup was interrupted here.'} Firstnode continues it.`)
  const changed = Object.keys(answers).length === 0 ? {} : { answers }
  return withProgress(context, async (view) => followSetup(engine, await engine.setup.resume({ target, ...changed }), context, view))
}

async function existing(engine: Engine, target: NodeTarget, context: Context, wishes: UpWishes): Promise<number> {
  if (wishes.given.length > 0) context.tell(`Security is configured here already: ${withoutEffect(wishes.given)}`)
  const shown = await engine.node.show({ target, keystorePasswords: false, ...keystoreOf(wishes) }, { signal: context.signal }).catch((thrown: unknown) => {
    // TLS by hand, of which no authority is known here: nothing but an answer could be proved.
    throw ['http_ca_unknown', 'store_unsupported'].includes(toldOf(thrown).code) ? orAsIs(thrown, target, context) : thrown
  })
  const status = await engine.node.status(target, { signal: context.signal })
  const started = status.running ? null : await startConfigured(engine, target, wishes.keystore, context)
  return reportExisting(engine, target, { shown, started }, context)
}

async function startAsIs(engine: Engine, target: NodeTarget, context: Context, wishes: UpWishes): Promise<number> {
  const { heap } = wishes.answers
  const status = await engine.node.status(target, { signal: context.signal })
  const unheeded = wishes.given.filter((option) => status.running || option !== '--heap')
  context.tell(status.running ? 'The node runs already, and is taken as it is.' : 'Starting the node as it is: its security is not configured by this.')
  if (unheeded.length > 0) context.tell(`With --as-is nothing is configured: ${withoutEffect(unheeded)}`)
  const started = status.running
    ? null
    : await withProgress(context, async (view) =>
        followSetup(engine, await engine.setup.startAsIs({ target, ...(heap === undefined ? {} : { heap }), ...keystoreOf(wishes) }), context, view),
      )
  return reportAsIs(engine, target, started, context)
}

function withoutEffect(options: readonly string[]): string {
  return `${options.join(', ')} ${options.length === 1 ? 'has' : 'have'} no effect.`
}

function keystoreOf({ keystore }: UpWishes): { keystorePassword?: string } {
  return keystore === undefined ? {} : { keystorePassword: keystore.reveal() }
}

function tellPlan(preview: PlanPreview, context: Context): void {
  for (const sentence of preview.sentences) context.tell(`${context.err.signs.dot} ${printable(sentence)}`)
}
