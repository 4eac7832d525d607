import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { enrolled } from '../../../engine/kibana/testing/enrolled.ts'
import { applyKibana, undoKibana, withKibanaLocked } from '../../../engine/kibana/kibana-changes.ts'
import { refuseUnwritable } from '../../../engine/kibana/kibana-guards.ts'
import { inspectKibana } from '../../../engine/kibana/kibana-home.ts'
import { planKibana } from '../../../engine/kibana/kibana-plan.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { needsRoot } from '../../support/needs-root.ts'

const kibanaUid = 60_117
const kibanaGid = 60_124

test('root writes the Kibana of a package: the settings stay root\'s and its group\'s, the certificate is the account\'s, and undo leaves three folders as they were', async () => {
  needsRoot('lays out the deb with its owners')
  const root = await mkdtemp(join(tmpdir(), 'firstnode-deb-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  await chmod(root, 0o755)
  const [home, config, data] = [join(root, 'usr', 'share', 'kibana'), join(root, 'etc', 'kibana'), join(root, 'var', 'lib', 'kibana')]
  for (const folder of [home, config, data]) await mkdir(folder, { recursive: true })
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'kibana', version: '9.4.3' }))
  const yml = join(config, 'kibana.yml')
  await writeFile(yml, 'pid.file: /run/kibana/kibana.pid\n')
  await chown(yml, 0, kibanaGid)
  await chmod(yml, 0o660)
  await chown(config, 0, kibanaGid)
  await chmod(config, 0o2750)
  await chown(data, kibanaUid, kibanaGid)
  await chmod(data, 0o2750)
  const before = await folderTree(root)

  const kibana = await inspectKibana({ home }, { env: {}, platform: 'linux', root })
  expect(kibana).toMatchObject({ layout: 'package', config, data })
  const account = { name: 'kibana', uid: kibanaUid, gid: kibanaGid, groups: [kibanaGid] }
  await refuseUnwritable(kibana, account)
  const plan = await planKibana(kibana, enrolled, 1_764_064_000_000)
  await withKibanaLocked(kibana, () => applyKibana(kibana, plan, { account }))
  const rights = async (path: string) => stat(path).then(({ uid, gid, mode }) => [uid, gid, mode & 0o7777])
  expect(await rights(yml)).toEqual([0, kibanaGid, 0o660])
  expect(await rights(plan.caPath)).toEqual([kibanaUid, kibanaGid, 0o644])
  expect(await readFile(yml, 'utf8')).toContain(`[${plan.caPath}]`)
  expect(await readdir(data)).toContain('ca_1764064000000.crt')
  await withKibanaLocked(kibana, () => undoKibana(kibana))
  expect(await folderTree(root)).toEqual(before)
})

test('root writes no certificate to a folder that settings of the account name and another account owns', async () => {
  needsRoot('gives folders to another account')
  const root = await mkdtemp(join(tmpdir(), 'firstnode-stranger-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const [home, others] = [join(root, 'kibana'), join(root, 'others')]
  for (const folder of [home, join(home, 'config'), others]) await mkdir(folder, { mode: 0o755 })
  await chmod(root, 0o755)
  await writeFile(join(home, 'package.json'), JSON.stringify({ name: 'kibana', version: '9.4.3' }))
  await writeFile(join(home, 'config', 'kibana.yml'), `path.data: ${others}\n`)
  for (const path of ['', 'config', 'package.json', 'config/kibana.yml']) await chown(join(home, path), kibanaUid, kibanaGid)
  const kibana = await inspectKibana({ home }, { env: {}, platform: 'linux', root: join(root, 'nowhere') })
  const account = { name: null, uid: kibanaUid, gid: kibanaGid, groups: [kibanaGid] }
  await expect(refuseUnwritable(kibana, account)).rejects.toMatchObject({ code: 'kibana_folder_closed' })
  // and where it is exchanged after that look
  await expect(applyKibana(kibana, await planKibana(kibana, enrolled, 1), { account })).rejects.toMatchObject({ code: 'untrusted_folder' })
  expect(await readdir(others)).toEqual([])
})
