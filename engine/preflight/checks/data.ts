import { lstat, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { mayAccess } from '../../installation/access.ts'
import { blocks, passed, skips, type Context, type Finding, type Rule } from '../check.ts'

/** "The Elasticsearch /data directory exists and isn't empty" (seeds; AutoConfigureNode): the node was started before. */
export const dataRule: Rule = {
  id: 'data',
  title: 'Data directory',
  run: async (context) => {
    for (const folder of context.installation.data) {
      const finding = await lookAt(folder, context)
      if (finding !== null) return finding
    }
    return passed(`${context.installation.data.join(', ')}: empty or not there yet, so this node was never started.`)
  },
}

async function lookAt(folder: string, { installation, platform }: Context): Promise<Finding | null> {
  const names = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => thrown)
  if (names instanceof Error && names.code !== 'EACCES' && names.code !== 'EPERM') return null
  const reachable = (await mayAccess(folder, installation.runAs, 'r', platform)) && (await mayAccess(folder, installation.runAs, 'x', platform))
  // A folder that the account cannot even look up counts as not there for Elasticsearch, until it wants to write to it.
  if (names instanceof Error || !reachable) return (await isSeen(folder, installation, platform)) ? unreadable(folder) : null
  if (names.length === 0) return null
  return skips(
    `The data directory ${folder} is not empty: the node was started before and may be part of a cluster.`,
    'If it is a node that works, leave it and set a new password. For a new node give path.data an empty folder; what is in this one stays as it is.',
  )
}

async function isSeen(folder: string, installation: Context['installation'], platform: NodeJS.Platform): Promise<boolean> {
  if (!(await lstat(folder).then(() => true, () => false))) return false
  return mayAccess(dirname(folder), installation.runAs, 'x', platform)
}

function unreadable(folder: string): Finding {
  return blocks(
    `The data directory ${folder} cannot be read by the account that runs the node.`,
    'Give the directory to that account, or run the node as the account that owns it.',
  )
}
