import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AfterPackContext } from 'electron-builder'
import { setFuses } from './fuses.ts'

type Packed = Pick<AfterPackContext, 'appOutDir' | 'electronPlatformName'>

/** Takes out what Electron shows where there is no application. The builder does so with what it fetched, not with a folder it was given. */
export async function dropDefaultApplication({ appOutDir, electronPlatformName }: Packed): Promise<void> {
  const resources = electronPlatformName === 'darwin' ? join('Electron.app', 'Contents', 'Resources') : 'resources'
  await rm(join(appOutDir, resources, 'default_app.asar'), { force: true })
}

/**
 * Sets the fuses of what was packed, before it is signed. The two halves of a universal application come by first, and keep their
 * fuses as they are until they are one.
 */
export async function flipAfterPack({ appOutDir, electronPlatformName }: Packed): Promise<void> {
  if (electronPlatformName === 'darwin' && /-(x64|arm64)-temp$/.test(appOutDir)) return
  await setFuses(join(appOutDir, binaryName(electronPlatformName)))
}

/** The same for an older Electron, which lacks the newest fuses: what is packed with it is for tests on Linux. */
export async function flipOlderAfterPack({ appOutDir, electronPlatformName }: Packed): Promise<void> {
  await setFuses(join(appOutDir, binaryName(electronPlatformName)), true)
}

/** What holds the fuses, in the folder that was packed. */
export function binaryName(platform: string): string {
  return { darwin: 'Firstnode.app', win32: 'Firstnode.exe' }[platform] ?? 'firstnode'
}

/** The folder with `app.asar`, in the folder that was packed. */
export function resourcesOf(folder: string, platform: string): string {
  return platform === 'darwin' ? join(folder, binaryName(platform), 'Contents', 'Resources') : join(folder, 'resources')
}
