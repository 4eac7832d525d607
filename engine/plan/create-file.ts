import { constants as flags } from 'node:fs'
import type { Close } from './close-to-others.ts'
import { open } from './disk.ts'
import type { Folder } from './folder.ts'
import { giveOwner } from './give-owner.ts'
import { unlinkFile } from './patiently.ts'
import type { Owner } from './plan.ts'
import { setTimes, type Times } from './times.ts'

/**
 * Makes the file `name`, which must not be there, whole and lasting: content, owner, mode and times are set through the
 * descriptor, so a name that somebody exchanges meanwhile is not touched. `close` is called while the file is empty still. A failure leaves nothing.
 */
export async function createFile(
  folder: Folder,
  name: string,
  content: Uint8Array,
  traits: { readonly mode: number; readonly owner: Owner | null; readonly times?: Times; readonly close?: Close | null },
): Promise<void> {
  const handle = await open(folder.at(name), flags.O_WRONLY | flags.O_CREAT | flags.O_EXCL | (flags.O_NOFOLLOW ?? 0), 0o600)
  try {
    await traits.close?.(folder.at(name), 'file')
    await handle.writeFile(content)
    if (process.platform !== 'win32') {
      if (traits.owner !== null) await giveOwner(handle, traits.owner)
      await handle.chmod(traits.mode)
    }
    if (traits.times !== undefined) await setTimes(handle, traits.times)
    await handle.sync()
  } catch (thrown) {
    await handle.close()
    await unlinkFile(folder.at(name)).catch(() => undefined)
    throw thrown
  }
  await handle.close()
}
