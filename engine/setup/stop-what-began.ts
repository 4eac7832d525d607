import type { Installation } from '../../shared/contract/installation.ts'
import { findNode } from '../node/find-node.ts'
import { stopNode } from '../node/stop.ts'
import type { LiveSetup } from './live-setup.ts'

/**
 * Stops the node that this set-up has started on a home where nothing is to be put back, and says how things stand then. A node that ran before is
 * left alone. Never rejects: `problem` is why it could not be stopped.
 */
export async function stopWhatBegan(live: LiveSetup, installation: Installation): Promise<{ problem: unknown; sentence: string }> {
  const began = live.state.node !== null
  try {
    if ((await findNode(installation)) === null) return { problem: null, sentence: 'Nothing was written; the node does not run.' }
    if (!began) return { problem: null, sentence: 'Nothing was written; the node that runs was left alone.' }
    await stopNode({ installation })
    return { problem: null, sentence: 'Nothing was written; the node was stopped again.' }
  } catch (thrown) {
    return { problem: thrown, sentence: 'Nothing was written; the node may still run.' }
  }
}
