import { z } from 'zod'
import { runningNode, type RunningNode } from '../../shared/contract/setup.ts'
import { openConfig } from '../plan/folder.ts'
import { findOwnFolder, leaveOwnFolder, openOwnFolder, parseJson, readOwn, removeOwn, writeOwn } from '../plan/own-folder.ts'

const fileName = 'node.json'
/** `identity` tells a reused process number from the node's own. */
const recordSchema = z.object({ format: z.literal(1), identity: z.string(), node: runningNode })

export interface NodeRecord {
  readonly identity: string
  readonly node: RunningNode
}

/** Keeps in `CONFIG/.firstnode/node.json` which process we started (0600, owner of the config directory; no secret). */
export async function writeNodeRecord(config: string, record: NodeRecord): Promise<void> {
  const folder = await openConfig(config)
  try {
    const own = await openOwnFolder(folder)
    try {
      await writeOwn(own, fileName, JSON.stringify({ format: 1, ...record }))
    } finally {
      await own.close()
    }
  } finally {
    await folder.close()
  }
}

/**
 * The process we started last; null where there is none, or where its record is not ours to read or not whole. `writer` is the account that the record
 * belongs to, and that may have written any process there.
 */
export async function readNodeRecord(config: string): Promise<(NodeRecord & { readonly writer: number }) | null> {
  const read = await readText(config).catch(() => null)
  const parsed = recordSchema.safeParse(read === null ? null : parseJson(read.text))
  return read === null || !parsed.success ? null : { identity: parsed.data.identity, node: parsed.data.node, writer: read.writer }
}

/** Forgets it: the node is stopped. */
export async function removeNodeRecord(config: string): Promise<void> {
  const folder = await openConfig(config)
  try {
    const own = await findOwnFolder(folder)
    if (own === null) return
    await removeOwn(own, fileName)
    await leaveOwnFolder(folder, own)
  } finally {
    await folder.close()
  }
}

async function readText(config: string): Promise<{ text: string; writer: number } | null> {
  const folder = await openConfig(config)
  try {
    const own = await findOwnFolder(folder)
    if (own === null) return null
    try {
      const text = await readOwn(own, fileName)
      return text === null ? null : { text, writer: own.uid }
    } finally {
      await own.close()
    }
  } finally {
    await folder.close()
  }
}
