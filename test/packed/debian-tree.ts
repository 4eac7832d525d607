import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { AccountNumbers } from '../../build/testing/desktop-session.ts'
import { withFileLock } from '../../engine/installation/file-lock.ts'
import { cacheFolder } from '../../engine/installation/practice-cache.ts'
import { program } from '../cli/outside.ts'

const execute = promisify(execFile)

export type Suite = 'stable' | 'oldstable'

/** A Debian of its own below a folder, with this machine's kernel, network, Java and `/tmp`. */
export interface DebianTree {
  readonly folder: string
  /** Runs words in it as root and gives what they printed. Throws where they fail. */
  asRoot(...words: string[]): Promise<string>
  /** Writes a program that runs words in it as Ada, followed by what it is given; returns its path. */
  programOfAda(...words: string[]): Promise<string>
  remove(): Promise<void>
}

/**
 * Makes a tree of a suite of Debian with a person, Ada, who has the given numbers. The mirror is the one that this
 * machine's apt uses. Every program in the tree has mounts of its own, which vanish with it: nothing is left mounted.
 */
export async function debianTree(suite: Suite, ada: AccountNumbers): Promise<DebianTree> {
  const work = await mkdtemp(join(tmpdir(), `firstnode-${suite}-`))
  await chmod(work, 0o755)
  const folder = join(work, 'tree')
  const archives = join(cacheFolder(), 'debian', `${suite}-archives`)
  await mkdir(archives, { recursive: true })
  await execute('cp', ['--archive', await baseTree(suite), folder])
  // Its root is pivoted to, not changed to: in a changed root the kernel gives nobody a user namespace.
  const enter = join(work, 'enter')
  await writeFile(enter, `#!/bin/sh
exec unshare --mount --propagation private -- sh -c '
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
set -e
mount --bind ${folder} ${folder}
mount --bind ${archives} ${folder}/var/cache/apt/archives
mount --bind /tmp ${folder}/tmp
mount -t proc proc ${folder}/proc
mount --rbind /dev ${folder}/dev
for java in /usr/lib/jvm /etc/java-*; do
  if [ -d "$java" ]; then mkdir -p "${folder}$java"; mount --bind "$java" "${folder}$java"; fi
done
cd ${folder}
pivot_root . mnt
umount --lazy /mnt
exec "$@"' enter "$@"
`)
  await chmod(enter, 0o755)
  const asRoot = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await program(enter, ['env', 'DEBIAN_FRONTEND=noninteractive', ...words])
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${out}${err}`)
    return out
  }
  let programs = 0
  await asRoot('groupadd', '--gid', String(ada.gid), 'ada')
  await asRoot('useradd', '--uid', String(ada.uid), '--gid', String(ada.gid), '--create-home', 'ada')
  await asRoot('apt-get', 'update', '-qq')
  return {
    folder,
    asRoot,
    async programOfAda(...words) {
      const path = join(work, `program-${++programs}`)
      const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
      await writeFile(path, `#!/bin/sh
exec ${enter} setpriv --reuid=${ada.uid} --regid=${ada.gid} --clear-groups -- env HOME=/home/ada USER=ada ${quoted} "$@"
`)
      await chmod(path, 0o755)
      return path
    },
    remove: () => rm(work, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** What debootstrap makes of a suite, kept beside the practice copies. */
async function baseTree(suite: Suite): Promise<string> {
  const folder = join(cacheFolder(), 'debian', suite)
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 })
  return withFileLock(`${folder}.lock`, { signal: new AbortController().signal }, async () => {
    if (existsSync(folder)) return folder
    const making = `${folder}.making`
    await rm(making, { recursive: true, force: true })
    await execute('debootstrap', ['--variant=minbase', suite, making, await mirror()], { maxBuffer: 64 * 1024 * 1024 })
    await copyAptSettings(making)
    await rename(making, folder)
    return folder
  })
}

/** Where this machine's apt gets Debian from. */
async function mirror(): Promise<string> {
  const format = '$(REPO_URI) $(SUITE)'
  const { stdout } = await execute('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
  const targets = stdout.split('\n').map((line) => line.split(' '))
  const found = targets.find(([, suite]) => /^(old)?stable$/.test(suite ?? ''))?.[0]
  if (found === undefined) throw new Error('The apt sources of this machine name no mirror of Debian.')
  return found
}

/** How this machine's apt reaches its mirrors: by a proxy, perhaps. */
async function copyAptSettings(tree: string): Promise<void> {
  const { stdout } = await execute('apt-config', ['dump'])
  const ways = stdout.split('\n').filter((line) => /^Acquire::https?::/i.test(line))
  await writeFile(join(tree, 'etc', 'apt', 'apt.conf.d', '90-as-outside'), `${ways.join('\n')}\n`)
  await copyFile('/etc/hosts', join(tree, 'etc', 'hosts'))
}
