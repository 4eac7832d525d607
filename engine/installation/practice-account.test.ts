import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Account } from '../../shared/contract/installation.ts'
import type { AccountSource } from './accounts.ts'
import { practiceAccount } from './practice-account.ts'
import { cacheFolder } from './practice-cache.ts'
import { practiceVersion } from './practice-versions.ts'

const people = `root:x:0:0::/root:/bin/bash\nada:x:1001:1001::/home/ada:/bin/bash\nzoe:x:1002:1002::/home/zoe:/bin/bash\n`
const root: Account = { name: 'root', uid: 0, gid: 0, groups: [0] }

function source(passwd: string): AccountSource {
  return { passwd, group: '', id: () => Promise.resolve(null) }
}

test('called by root the copy belongs to whom is named, else to who called sudo, else to the first ordinary account', async () => {
  const asked = { caller: root, source: source(people) }
  expect(await practiceAccount({ ...asked, user: 'zoe', env: { SUDO_UID: '1001' } })).toMatchObject({ uid: 1002 })
  expect(await practiceAccount({ ...asked, env: { SUDO_UID: '1002' } })).toMatchObject({ name: 'zoe', uid: 1002 })
  expect(await practiceAccount({ ...asked, env: { SUDO_UID: '0' } })).toMatchObject({ name: 'ada', uid: 1001 })
  expect(await practiceAccount({ ...asked, env: {} })).toMatchObject({ name: 'ada', uid: 1001 })
})

test('where nobody but root lives it belongs to a number that nobody has', async () => {
  const asked = { caller: root, env: {} }
  expect(await practiceAccount({ ...asked, source: source('root:x:0:0::/root:/bin/sh\n') })).toEqual({ name: null, uid: 9200, gid: 9200, groups: [9200] })
  expect(await practiceAccount({ ...asked, source: source('svc:x:9200:1::/:/usr/sbin/nologin\n') })).toMatchObject({ uid: 9201 })
})

test('it never belongs to root, and only root may give it to another', async () => {
  await expect(practiceAccount({ user: 'root', caller: root, env: {}, source: source(people) })).rejects.toMatchObject({ code: 'would_run_as_root' })
  const ada: Account = { name: 'ada', uid: 1001, gid: 1001, groups: [1001] }
  expect(await practiceAccount({ caller: ada, env: { SUDO_UID: '1002' }, source: source(people) })).toBeNull()
  await expect(practiceAccount({ user: 'zoe', caller: ada, env: {}, source: source(people) })).rejects.toMatchObject({ code: 'user_needs_root' })
})

test('the cache lies where each platform keeps it, and for root where others can reach it', () => {
  const of = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, root = false): string => cacheFolder({ platform, env, root, user: '/home/ada' })
  expect(of('linux', {})).toBe(join('/home/ada', '.cache', 'firstnode'))
  expect(of('linux', { XDG_CACHE_HOME: '/x' })).toBe(join('/x', 'firstnode'))
  expect(of('linux', {}, true)).toBe(join('/var', 'cache', 'firstnode'))
  expect(of('darwin', {})).toBe(join('/home/ada', 'Library', 'Caches', 'firstnode'))
  expect(of('win32', { LOCALAPPDATA: '/local' })).toBe(join('/local', 'firstnode', 'cache'))
  expect(of('linux', { FIRSTNODE_CACHE: '/mine' }, true)).toBe('/mine')
})

test('a version there is no copy of is refused with those there are', () => {
  expect(practiceVersion().version).toBe('9.4.3')
  expect(() => practiceVersion('7.10.0')).toThrow(expect.objectContaining({ code: 'practice_version', remedy: expect.stringContaining('8.16.6') as string }) as Error)
})
