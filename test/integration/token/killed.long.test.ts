import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { removeLeftUser } from '../../../engine/cluster/temporary-user-left.ts'
import { withFileRealmSuperuser } from '../../../engine/cluster/file-realm.ts'
import { withHomeLocked } from '../../../engine/plan/lock.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { firstOf } from '../../support/in-turn.ts'

let folder: string
let config: string
/** some tens of processes start here: what the first one compiled serves the others */
let compiled: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-realm-'))
  compiled = join(folder, 'compiled')
  config = await mkdtemp(join(folder, 'config-'))
  await writeFile(join(config, 'elasticsearch.yml'), 'node.name: n1\n')
  await writeFile(join(config, 'users'), 'anna:$2a$10$hash\n', { mode: 0o640 })
  await writeFile(join(config, 'users_roles'), 'monitor:anna')
})
afterAll(() => rm(folder, { recursive: true }))

/** Without the folder of Firstnode itself: an empty one, or a claim of a dead process, may stay in it until the next call. */
const realm = async (): Promise<string[]> => (await folderTree(config)).slice(1).filter((line) => !line.startsWith('.firstnode'))
const usersNow = async (): Promise<string> => `${await readFile(join(config, 'users'), 'utf8')}${await readFile(join(config, 'users_roles'), 'utf8')}`

// Nothing answers where the second call asks: it fails, and has cleaned up all the same, before it and after it.
test.each(
  firstOf(
    [
      'a call that lets in a superuser of its own, and finds nobody there',
      () => withHomeLocked(config, () => withFileRealmSuperuser({ installation: { home: config, config, layout: 'archive', runAs: null }, url: 'https://127.0.0.1:1', tls: { caPem: '' } }, () => Promise.resolve())).catch(() => undefined),
    ] as const,
    ['a call that asks with a password', () => removeLeftUser(config)] as const,
  ),
)('a process killed at every step of its temporary superuser leaves none behind %s', async (_, nextCall) => {
  const before = await realm()
  const found: unknown[] = []
  let stood = 0
  for (let step = 0; ; step++) {
    if ((await killedAt(step)) === 'finished') break
    if ((await usersNow()).includes('firstnode_')) stood++
    await nextCall()
    found.push([step, await realm()])
  }
  expect(found).toEqual(found.map((_, step) => [step, before]))
  expect(found.length).toBeGreaterThan(12)
  expect(stood).toBeGreaterThan(3)
  expect(await realm()).toEqual(before)
}, 120_000)

async function killedAt(step: number): Promise<'finished' | 'killed'> {
  const script = fileURLToPath(new URL('../../support/let-in-and-die.ts', import.meta.url))
  const child = spawn(process.execPath, [script, config, String(step)], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: compiled } })
  let said = ''
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  if (signal === null && code !== 0) throw new Error(`the process ended with ${code}: ${said}`)
  return signal === null && said.includes('finished') ? 'finished' : 'killed'
}
