import type { SetupState } from '../shared/contract/setup.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import type { Secret } from '../shared/secret.ts'
import type { Context } from './command.ts'
import { followSetup } from './follow-setup.ts'
import type { Engine } from './io.ts'
import { withProgress } from './terminal/progress.ts'

/** Starts a node whose security is configured and shows how it comes up; gives the state in which it answers. */
export function startConfigured(engine: Engine, target: NodeTarget, keystore: Secret | undefined, context: Context): Promise<SetupState> {
  return withProgress(context, async (view) => {
    const begun = await engine.node.start({ target, ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }) })
    return followSetup(engine, begun, context, view)
  })
}
