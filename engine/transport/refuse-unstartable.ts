import type { Installation } from '../../shared/contract/installation.ts'
import type { Secret } from '../../shared/secret.ts'
import { refuseWindowsService } from '../installation/windows-service.ts'
import { javaCommand } from '../node/java-command.ts'
import { lookAtKeystore } from '../preflight/keystore-look.ts'

/**
 * A node that runs is stopped only where nothing is known that would keep it from being started again. Problems: `windows_service_runs`, `keystore_locked`,
 * `keystore_wrong_password`, those of `javaCommand`.
 */
export async function refuseUnstartable(installation: Installation, keystorePassword: Secret | null): Promise<void> {
  await refuseWindowsService(installation.home)
  // The system starts the node of a package, with its own Java and its own way to the keystore's password.
  if (installation.layout === 'package') return
  javaCommand(installation, [], {})
  const { problem } = await lookAtKeystore(installation, keystorePassword)
  if (problem !== null) throw problem
}
