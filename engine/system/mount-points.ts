import { readFile } from 'node:fs/promises'

/**
 * Every mount point that this process sees, by its real path. Linux lets a single file be one as well (containers), and such
 * an entry can be neither replaced nor renamed (EBUSY). Empty on other systems.
 */
export async function mountPoints(platform: NodeJS.Platform = process.platform): Promise<ReadonlySet<string>> {
  if (platform !== 'linux') return new Set()
  return mountPointsIn(await readFile('/proc/self/mountinfo', 'utf8').catch(() => ''))
}

/** The mount points in the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)): the fifth word, blanks and the like in octal. */
export function mountPointsIn(mountinfo: string): ReadonlySet<string> {
  const words = mountinfo.split('\n').flatMap((line) => line.split(' ')[4] ?? [])
  return new Set(words.map((word) => word.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))))
}
