import type { Installation } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import { findNode } from '../node/find-node.ts'
import { lookAtKeystore } from '../preflight/keystore-look.ts'
import { dataWasFormed } from './node-traces.ts'

/** Before a start that would fail on its keystore, and take long to say so. Problems: `keystore_locked`, `keystore_wrong_password`. */
export async function refuseLocked(installation: Installation, keystorePassword: Secret | null): Promise<void> {
  const { problem } = await lookAtKeystore(installation, keystorePassword)
  if (problem !== null) throw problem
}

/** The same for a set-up to be taken up: a node that has run and does not now is started again for it. */
export async function refuseLockedTakeUp(installation: Installation, keystorePassword: Secret | null): Promise<void> {
  if ((await findNode(installation)) === null && (await dataWasFormed(installation))) await refuseLocked(installation, keystorePassword)
}
