import { quarantineMark } from '../../installation/quarantine.ts'
import { passed, warns, type Context, type Rule } from '../check.ts'

/** In the attribute's first field (hexadecimal): the person has let it run (LaunchServices, QTN_FLAG_USER_APPROVED). */
const approved = 0x40

/** What a browser loaded down is marked, and what the Finder unpacks from it; Gatekeeper then stops its Java and its native libraries. Ours is not (`archive.ts`). */
export const quarantineRule: Rule = {
  id: 'quarantine',
  title: 'Gatekeeper',
  run: async ({ installation: { home, java }, platform, ask }) => {
    if (platform !== 'darwin') return null
    for (const path of [home, ...(java?.source === 'bundled' ? [java.executable] : [])]) {
      if (!(await isQuarantined(path, ask))) continue
      return warns(
        `macOS has quarantined ${path}, as all that a browser loads down: Gatekeeper may stop its Java, and the node would not start.`,
        `If the archive is from Elastic, take the mark off with: xattr -d -r ${quarantineMark} '${home.replaceAll("'", "'\\''")}'`,
      )
    }
    return passed('macOS has not quarantined this home.')
  },
}

async function isQuarantined(path: string, ask: Context['ask']): Promise<boolean> {
  const value = await ask('xattr', ['-p', quarantineMark, path]).catch(() => null)
  const flags = /^[0-9a-f]+/i.exec(value?.trim() ?? '')?.[0]
  return value !== null && (Number.parseInt(flags ?? '0', 16) & approved) === 0
}
