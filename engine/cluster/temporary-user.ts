import { createHash, randomBytes } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hash } from 'bcryptjs'
import { Secret } from '../../shared/secret.ts'
import type { Change, Owner, Plan } from '../plan/plan.ts'

export interface TemporaryUser {
  readonly name: string
  readonly password: Secret
}

/** A name nobody has and a password nobody can guess, in memory only. */
export function makeTemporaryUser(): TemporaryUser {
  return { name: `firstnode_${randomBytes(6).toString('hex')}`, password: new Secret(randomBytes(24).toString('base64url')) }
}

/**
 * The plan that lets `user` in through the file realm: a line in `users_roles`, then one in `users`, so that it never is there without its role.
 * The files keep mode and owner; a missing one is made as stock's is (0660). `owner`: of the config directory.
 */
export async function temporaryUserPlan(config: string, user: TemporaryUser, owner: Owner | null): Promise<Plan> {
  // Elasticsearch resolves the algorithm from the prefix; $2b$ and $2a$ are the same for passwords of this length.
  const hashed = (await hash(user.password.reveal(), 10)).replace(/^\$2[by]\$/, '$2a$')
  return {
    kind: 'temporary-user',
    title: 'Let in a temporary superuser',
    changes: [
      await withLine(join(config, 'users_roles'), `superuser:${user.name}`, owner),
      await withLine(join(config, 'users'), `${user.name}:${hashed}`, owner),
    ],
  }
}

async function withLine(path: string, line: string, owner: Owner | null): Promise<Change> {
  const stats = await lstat(path).catch(() => null)
  const before = stats?.isFile() ? await readFile(path) : null
  const text = before?.toString('utf8') ?? ''
  const end = text === '' || text.endsWith('\n') ? '' : '\n'
  return {
    kind: 'write',
    path,
    content: Buffer.from(`${text}${end}${line}\n`),
    replaces: before === null ? null : createHash('sha256').update(before).digest('hex'),
    mode: stats === null ? 0o660 : stats.mode & 0o7777,
    owner: process.platform === 'win32' ? null : stats === null ? owner : { uid: stats.uid, gid: stats.gid },
    secret: true,
    note: 'A superuser for a few seconds, to ask the cluster with.',
  }
}
