import { execFile } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { promisify } from 'node:util'
import type { Compression } from './deb.ts'
import { updateFiles } from './update-files.ts'

/**
 * Makes the archive `file` (tar.gz) of a packed application, with one folder in it, `name`, that belongs to root and has no update files: whoever
 * unpacked it brings new versions. `released`, in seconds since 1970, is the time of all files.
 */
export async function makeTarball({ packed, name, released, compression }: {
  packed: string
  name: string
  released: number
  compression: Compression
}, file: string): Promise<void> {
  await promisify(execFile)(
    'tar',
    [
      '--create', `--use-compress-program=gzip ${compression === 'small' ? '-9' : '-1'} -n`, `--file=${file}`, `--directory=${dirname(packed)}`,
      '--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=go=rX,u+rw,a-s', `--mtime=@${released}`,
      `--transform=flags=r;s,^${basename(packed)},${name},`, ...updateFiles.map((file) => `--exclude=${basename(packed)}/resources/${file}`),
      basename(packed),
    ],
  )
}
