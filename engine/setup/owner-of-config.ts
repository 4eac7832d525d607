import { statSync } from 'node:fs'
import type { Installation } from '../../shared/contract/installation.ts'
import type { Owner } from '../plan/plan.ts'

/** Whom new files in the config directory belong to, as stock does it: whoever owns that directory. Null on Windows. */
export function ownerOfConfig(installation: Pick<Installation, 'config'>, platform: NodeJS.Platform = process.platform): Owner | null {
  if (platform === 'win32') return null
  const { uid, gid } = statSync(installation.config)
  return { uid, gid }
}
