import { win32 } from 'node:path'
import { z } from 'zod'
import { problem } from '../../shared/problems/problem.ts'
import { askSystem, type Ask } from '../system/ask-system.ts'
import { askPowerShell, rowsOf } from '../system/powershell.ts'

/** A Windows service that runs Elasticsearch from a home, as `elasticsearch-service.bat install` makes it. */
export interface WindowsService {
  readonly name: string
  /** `Running`, `Stopped`, …: in English on every Windows */
  readonly state: string
  /** `LocalSystem`, `NT AUTHORITY\\NetworkService`, `.\\somebody`; null where it is not told */
  readonly account: string | null
}

const question =
  "Get-CimInstance Win32_Service -Filter 'PathName LIKE ''%elasticsearch-service%''' | Select-Object @{n='name';e={$_.Name}}, @{n='state';e={$_.State}}, " +
  "@{n='account';e={$_.StartName}}, @{n='command';e={$_.PathName}} | ConvertTo-Json -Compress"

const row = z.object({ name: z.string(), state: z.string(), account: z.string().nullable(), command: z.string() })

/** The service of this home; null where it has none, and on other systems. What `sc query` says is in the words of the country; CIM is not. */
export async function windowsServiceOf(home: string, platform: NodeJS.Platform = process.platform, ask: Ask = askSystem): Promise<WindowsService | null> {
  if (platform !== 'win32') return null
  const bin = `${win32.join(home, 'bin')}\\elasticsearch-service`.toLowerCase()
  const rows = rowsOf(await askPowerShell(ask, question).catch(() => ''))
  const services = rows.flatMap((one) => row.safeParse(one).data ?? [])
  const found = services.find(({ command }) => command.replace(/^"/, '').toLowerCase().startsWith(bin))
  return found === undefined ? null : { name: found.name, state: found.state, account: found.account }
}

/** Problem `windows_service_runs` where a service runs the node of this home: only Windows may stop that, or it would start it again. */
export async function refuseWindowsService(home: string, platform: NodeJS.Platform = process.platform, ask: Ask = askSystem): Promise<void> {
  const service = await windowsServiceOf(home, platform, ask)
  if (service !== null && service.state !== 'Stopped') throw problem('windows_service_runs', { home, name: service.name })
}
