import type { Installation } from '../../shared/contract/installation.ts'
import { ownerOfFolder } from '../plan/owner-of-folder.ts'
import type { Owner } from '../plan/plan.ts'

/** Whom new files in the config directory belong to, as stock does it: whoever owns that directory. Null on Windows. */
export function ownerOfConfig({ config }: Pick<Installation, 'config'>, platform: NodeJS.Platform = process.platform): Owner | null {
  return ownerOfFolder(config, platform)
}
