import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { DiskHandle } from './disk.ts'

const digits = z.string().regex(/^\d{1,20}$/)

/** When something was last read and written, as our records keep it: nanoseconds since 1970, as digits. */
export const timesSchema = z.object({ atimeNs: digits, mtimeNs: digits })
export type Times = Readonly<z.infer<typeof timesSchema>>

/**
 * Gives an opened file or directory its times back. Node hands over seconds as a floating-point number, which is up to
 * 120 ns off; on Linux `touch` gives the last digits, through the same descriptor.
 */
export async function setTimes(handle: DiskHandle, times: Times, platform = process.platform): Promise<void> {
  await handle.utimes(Number(times.atimeNs) / 1e9, Number(times.mtimeNs) / 1e9)
  const { mtimeNs } = await handle.stat({ bigint: true })
  if (platform === 'linux' && String(mtimeNs) !== times.mtimeNs) await touch(handle.fd, times.mtimeNs)
}

function touch(fd: number, ns: string): Promise<void> {
  const digits = ns.padStart(10, '0')
  const stamp = `@${digits.slice(0, -9)}.${digits.slice(-9)}`
  return new Promise((resolve) => {
    const child = spawn('touch', ['-m', '-d', stamp, '/proc/self/fd/3'], { stdio: ['ignore', 'ignore', 'ignore', fd], env: { PATH: process.env.PATH ?? '' } })
    // where there is no such touch the time stays a hundred nanoseconds off
    child.on('error', () => resolve())
    child.on('close', () => resolve())
  })
}
