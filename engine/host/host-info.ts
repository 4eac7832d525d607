import { hostname, userInfo } from 'node:os'
import { sep } from 'node:path'
import type { HostInfo } from '../../shared/contract/host.ts'
import { shellOf } from '../../shared/shell-lines.ts'
import { practiceOffer } from '../installation/practice-copy.ts'
import { homeFolder } from '../system/home-folder.ts'
import { firstnodeVersion } from '../version.ts'

export type HostKind = HostInfo['kind']

/** What the page has to know of where it runs. `checkout`: the folder of the sources, or null. */
export async function hostInfo(options: { kind: HostKind; checkout: string | null }): Promise<HostInfo> {
  const platform = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'
  const desktop = options.kind === 'electron'
  return {
    firstnode: firstnodeVersion,
    kind: options.kind,
    platform,
    hostName: hostname(),
    user: userName(),
    root: process.getuid?.() === 0,
    shell: shellOf(platform, process.env.SHELL),
    homeFolder: homeFolder(),
    separator: sep,
    canPick: desktop,
    canReveal: desktop,
    canClearClipboard: desktop,
    practice: await practiceOffer({ checkout: options.checkout }),
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'this user')
  }
}
