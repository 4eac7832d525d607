import { execFile } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { promisify } from 'node:util'
import type { Compression } from './deb.ts'
import { updateFiles } from './update-files.ts'

/**
 * Makes the archive `file` (tar.gz) of a packed application, with one folder in it, `name`, that belongs to root and
 * has no update files. `released`, in seconds since 1970, is the time of all files.
 */
export async function makeTarball({ packed, name, released, compression }: {
  packed: string
  name: string
  released: number
  compression: Compression
}, file: string): Promise<void> {
  const folder = basename(packed)
  const compress = compression === 'small' ? 'gzip -9 -n' : 'gzip -1 -n'
  await promisify(execFile)(
    'tar',
    [
      '--create', `--use-compress-program=${compress}`, `--file=${file}`, `--directory=${dirname(packed)}`,
      '--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=go=rX,u+rw,a-s', `--mtime=@${released}`,
      `--transform=flags=r;s,^${folder},${name},`,
      ...updateFiles.map((update) => `--exclude=${folder}/resources/${update}`),
      folder,
    ],
  )
}
