import { expect, test } from 'vitest'
import { kibanaAccount } from './kibana-account.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'

const source = {
  passwd: 'root:x:0:0::/root:/bin/sh\nkibana:x:117:124::/home/kibana:/sbin/nologin\nann:x:1000:1000::/home/ann:/bin/sh\n',
  group: 'kibana:x:124:\n',
  id: () => Promise.resolve(null),
}
const root = { name: 'root', uid: 0, gid: 0, groups: [0] }
const ann = { name: 'ann', uid: 1000, gid: 1000, groups: [1000] }

test('root starts the package as the account kibana, and whatever it is told to', async () => {
  const home = await kibanaFolder()
  expect(await kibanaAccount({ home, layout: 'package' }, undefined, { caller: root, source })).toEqual({ name: 'kibana', uid: 117, gid: 124, groups: [124] })
  expect(await kibanaAccount({ home, layout: 'package' }, 'ann', { caller: root, source })).toMatchObject({ uid: 1000 })
})

test('anybody else starts it as themselves, and may not name another account', async () => {
  const home = await kibanaFolder()
  expect(await kibanaAccount({ home, layout: 'archive' }, undefined, { caller: ann, source })).toBeNull()
  expect(await kibanaAccount({ home, layout: 'archive' }, 'ann', { caller: ann, source })).toBeNull()
  await expect(kibanaAccount({ home, layout: 'archive' }, 'kibana', { caller: ann, source })).rejects.toMatchObject({ code: 'user_needs_root' })
})

test('root itself is refused, as Kibana refuses it', async () => {
  const home = await kibanaFolder()
  await expect(kibanaAccount({ home, layout: 'archive' }, 'root', { caller: root, source })).rejects.toMatchObject({ code: 'kibana_runs_as_root' })
})

test('Windows has no numbers for accounts', async () => {
  expect(await kibanaAccount({ home: 'C:\\kibana', layout: 'archive' }, undefined, { caller: null, source })).toBeNull()
})
