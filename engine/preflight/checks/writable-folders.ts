import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { problem } from '../../../shared/problems/problem.ts'
import { isReadOnly, mayAccess } from '../../installation/access.ts'
import { blocks, blocksWith, passed, type Context, type Finding, type Rule } from '../check.ts'

/** A node that cannot write its data or its logs dies at its start; Elasticsearch's own auto-configuration does not look. */
export const dataFolderRule: Rule = {
  id: 'data-writable',
  title: 'Data can be written',
  run: (context) => judge(context.installation.data, 'data directory', 'path.data', context),
}

export const logsFolderRule: Rule = {
  id: 'logs-writable',
  title: 'Logs can be written',
  run: (context) => judge([context.installation.logs], 'log directory', 'path.logs', context),
}

async function judge(folders: readonly string[], what: string, setting: string, context: Context): Promise<Finding> {
  for (const folder of folders) {
    const place = await nearest(folder)
    if (place === null || !place.isFolder) return blocks(`${place?.path ?? folder} is no directory, so the ${what} cannot be there.`, `Let ${setting} name a directory.`)
    if (await isReadOnly(place.path)) return blocksWith(problem('folder_read_only', { path: place.path }))
    if (!(await mayWrite(place.path, context))) {
      return blocks(
        `The account that runs the node cannot write ${place.path === folder ? `the ${what} ${folder}` : `${place.path}, where the ${what} is to be`}.`,
        `Give that directory to the account, or let ${setting} name another one.`,
      )
    }
  }
  return passed(`${folders.join(', ')} can be written.`)
}

async function mayWrite(path: string, { installation: { runAs }, platform }: Context): Promise<boolean> {
  return (await mayAccess(path, runAs, 'w', platform)) && (await mayAccess(path, runAs, 'x', platform))
}

/** The path itself, or the closest folder above it that is there. */
async function nearest(path: string): Promise<{ path: string; isFolder: boolean } | null> {
  const found = await stat(path).catch((thrown: NodeJS.ErrnoException) => (thrown.code === 'EACCES' ? 'closed' : null))
  if (found === 'closed') return { path, isFolder: true }
  if (found !== null) return { path, isFolder: found.isDirectory() }
  return dirname(path) === path ? null : nearest(dirname(path))
}
