import type { ShownNode } from '../shared/contract/node.ts'
import type { SetupState } from '../shared/contract/setup.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import { problem } from '../shared/problems/problem.ts'
import { callersShell, callLine } from './call-line.ts'
import type { Context } from './command.ts'
import type { Engine } from './io.ts'
import { ToldError } from './problem-page.ts'
import { timingsOf } from './timings.ts'
import { credentialsPage, existingPage } from './terminal/credentials-page.ts'

/** What `up --json` prints, its keys in this order. Times in ms. */
export interface UpResult {
  readonly url: string
  readonly username: string | null
  readonly password: string | null
  readonly caFingerprint: string | null
  readonly caCertificate: string | null
  readonly kibanaToken: string | null
  readonly pid: number | null
  readonly node: string | null
  readonly timings: Readonly<Record<string, number>>
  /** only where the password is null although there is one: how to get a new one */
  readonly resetPassword?: string
}

/**
 * Prints the credentials of a set-up that is ready, and only then, once the system took every byte, tells the engine that
 * somebody has them. Where nobody reads (EPIPE, disk full) it ends with `nobody_read`: the next `up` takes the set-up up.
 */
export async function handOver(engine: Engine, state: SetupState, context: Context): Promise<number> {
  const { setupId } = state
  const got = await engine.setup.credentials({ setupId })
  if (got.kibanaTokenTrouble !== null) context.tell(`No Kibana token: ${got.kibanaTokenTrouble.message} ${got.kibanaTokenTrouble.remedy}`)
  const node = got.node ?? state.node
  const result: UpResult = {
    url: got.url,
    username: got.username,
    password: got.password,
    caFingerprint: got.caFingerprint,
    caCertificate: got.caCertificate,
    kibanaToken: got.kibanaToken?.token ?? null,
    pid: node?.pid ?? null,
    node: node?.name ?? null,
    timings: got.timings,
  }
  const shell = callersShell(context.io)
  const stopLine = callLine(context.io, 'stop', state.target)
  const page = credentialsPage({ credentials: got, state, shell, style: context.out, stopLine })
  await context.handOver(result, page, (why) => {
    const { code, message, remedy } = problem('nobody_read', { home: state.target.home, why })
    return new ToldError({ code, message, remedy, line: callLine(context.io, 'up', state.target) })
  })
  await engine.setup.handedOver({ setupId })
  return 0
}

/** A node that was configured before: what it has, without the password, which is not known here. */
export async function reportExisting(engine: Engine, target: NodeTarget, known: { shown: ShownNode; started: SetupState | null }, context: Context): Promise<number> {
  const { shown, started } = known
  const status = await engine.node.status(target)
  const resetPassword = callLine(context.io, 'reset-password', target)
  const node = status.node ?? started?.node ?? null
  const result: UpResult = {
    url: shown.url,
    username: 'elastic',
    password: null,
    caFingerprint: shown.caFingerprint,
    caCertificate: shown.caCertificate,
    kibanaToken: null,
    pid: node?.pid ?? null,
    node: node?.name ?? null,
    timings: timingsOf(started),
    resetPassword,
  }
  await context.result(result, existingPage({ result, running: started === null, stopLine: callLine(context.io, 'stop', target), style: context.out }))
  return 0
}

/** A node that was started without configuring security. */
export async function reportAsIs(engine: Engine, target: NodeTarget, started: SetupState | null, context: Context): Promise<number> {
  const status = await engine.node.status(target)
  const node = status.node ?? started?.node ?? null
  const nothing = { username: null, password: null, caFingerprint: null, caCertificate: null, kibanaToken: null }
  const result: UpResult = { url: status.url, ...nothing, pid: node?.pid ?? null, node: node?.name ?? null, timings: timingsOf(started) }
  await context.result(result, existingPage({ result, running: started === null, stopLine: callLine(context.io, 'stop', target), style: context.out }))
  return 0
}
