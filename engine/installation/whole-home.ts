import { access, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { versionOf } from './version.ts'
import { whyUnreadable } from '../system/why-unreadable.ts'

/**
 * The absolute path of a home with everything in it that a secured node needs. A link to a home keeps its own name, as
 * in `bin/elasticsearch-env`: people upgrade by moving the link. Problems: `folder_unreadable`, `not_elasticsearch`, `mixed_versions`, `home_incomplete`.
 */
export async function wholeHome(path: string): Promise<string> {
  const home = resolve(path)
  await readdir(home).catch((thrown: NodeJS.ErrnoException) => {
    throw unreadable(home, thrown)
  })
  const version = await versionOf(home)
  if (version.major < 8) return home
  const launcher = join('bin', process.platform === 'win32' ? 'elasticsearch.bat' : 'elasticsearch')
  for (const part of [launcher, join('modules', 'x-pack-security')]) {
    if (!(await access(join(home, part)).then(() => true, () => false))) throw problem('home_incomplete', { home, missing: part })
  }
  return home
}

function unreadable(path: string, thrown: NodeJS.ErrnoException): Error {
  if (thrown.code === 'ENOTDIR') return problem('not_elasticsearch', { home: path, instead: null })
  const why = whyUnreadable(thrown)
  return problem('folder_unreadable', { path, why }, { cause: thrown })
}
