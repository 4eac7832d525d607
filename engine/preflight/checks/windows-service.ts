import { windowsServiceOf } from '../../installation/windows-service.ts'
import { blocks, passed, warns, type Rule } from '../check.ts'

/** A node that Windows starts is Windows' to stop and to start again: Firstnode makes, starts and stops no service. */
export const windowsServiceRule: Rule = {
  id: 'windows-service',
  title: 'Windows service',
  run: async ({ installation: { home }, platform, ask }) => {
    if (platform !== 'win32') return null
    const service = await windowsServiceOf(home, platform, ask)
    if (service === null) return passed('No Windows service runs this home.')
    const known = `The Windows service ${service.name} runs this home${service.account === null ? '' : ` as ${service.account}`}`
    if (service.state !== 'Stopped') return blocks(`${known}, and it is not stopped.`, `Stop it in Services, or as an administrator with: sc.exe stop ${service.name}`, 'windows_service_runs')
    return warns(
      `${known}, and it is stopped. Firstnode starts the node as you, not as that service.`,
      'To let Windows start it afterwards, stop the node and start the service. Its keys are open to you, the administrators and LocalSystem: another account must be let in first.',
    )
  },
}
