import type { HostAccount } from './desktop.ts'
import { aboutFirstnode } from './about.ts'

/** What a person attaches to a report, as text. Without secrets. */
export async function diagnosticsText(account: HostAccount): Promise<string> {
  const { firstnode, versions } = aboutFirstnode(account, [])
  const lines = Object.entries({ Firstnode: firstnode, ...versions }).map(([name, version]) => `${name} ${version}`)
  return `${lines.join('\n')}\n\n${await account.log()}`
}
