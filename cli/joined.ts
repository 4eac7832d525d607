import type { SetupState } from '../shared/contract/setup.ts'
import type { Context } from './command.ts'
import type { Engine } from './io.ts'
import { joinedPage, type JoinResult } from './terminal/joined-page.ts'
import { timingsOf } from './timings.ts'

/** Prints where a node that joined answers, and the cluster with it: its users and passwords are those of the cluster. */
export async function reportJoined(engine: Engine, state: SetupState, context: Context): Promise<number> {
  const result = resultOf(state, await engine.setup.credentials({ setupId: state.setupId }))
  await context.result(result, joinedPage(result, context.out))
  return 0
}

function resultOf(state: SetupState, got: { url: string; caFingerprint: string; caCertificate: string }): JoinResult {
  return {
    node: state.facts?.nodeName ?? null,
    clusterName: state.joined?.name ?? null,
    url: got.url,
    caFingerprint: got.caFingerprint,
    caCertificate: got.caCertificate,
    pid: state.node?.pid ?? null,
    nodes: (state.joined?.nodes ?? []).map(({ name, address, version, elected }) => ({ name, address, version, master: elected })),
    timings: timingsOf(state),
  }
}
