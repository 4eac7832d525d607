import { MiB } from '../../shared/sizes.ts'
import { eachInLog } from './log-backwards.ts'
import { boundTransportIn } from './bound-transport.ts'
import { newestLog } from './log-follow.ts'

/** A node that runs for months has its start far back in its log. */
const lookedBackBytes = 16 * MiB

/** How far a node came on its way into a cluster. */
export interface Admission {
  readonly nodeId: string | null
  /** transport was bound: from then on a master may count it in, even where the node dies before it hears of that */
  readonly listened: boolean
  /** it has followed a master */
  readonly foundMaster: boolean
}

/** What the newest log in this logs folder tells of that, since `since` (ms since 1970); null where there is none. */
export async function admissionInLog(logs: string, since: number): Promise<Admission | null> {
  const path = await newestLog(logs)
  if (path === null) return null
  let admission: Admission = { nodeId: null, listened: false, foundMaster: false }
  await eachInLog(
    path,
    (event) => {
      if (event.at < since - 1000) return false
      const { logger, message } = event
      admission = {
        nodeId: admission.nodeId ?? (logger === 'Node' ? (/, node ID \[([^\]]+)\]/.exec(message)?.[1] ?? null) : null),
        listened: admission.listened || boundTransportIn(event) !== null,
        foundMaster: admission.foundMaster || (logger === 'ClusterApplierService' && /^master node changed \{previous \[.*\], current \[\{/.test(message)),
      }
      return true
    },
    lookedBackBytes,
  )
  return admission
}
