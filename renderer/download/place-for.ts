import type { HostInfo } from '../../shared/contract/host.ts'
import { withoutTrailing } from '../../shared/without-trailing.ts'

/** Where a home is unpacked unless somebody says otherwise: root's own folder is closed to the account that runs it. */
export function placeFor({ root, homeFolder, platform }: Pick<HostInfo, 'root' | 'homeFolder' | 'platform'>): string {
  return root && platform !== 'win32' ? '/opt' : homeFolder
}

/** The folder that a path lies in. */
export function folderAround(path: string, separator: string): string {
  const cut = withoutTrailing(path, '\\/').lastIndexOf(separator)
  return cut > 0 ? path.slice(0, cut) : path
}
