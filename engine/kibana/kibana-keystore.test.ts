import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refuseConnected, refuseKeystore, refuseLocked } from './kibana-guards.ts'
import { inspectKibana } from './kibana-home.ts'
import { readKibanaKeystore } from './kibana-keystore.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'
import { kibanaKeystoreFile } from './testing/kibana-keystore-file.ts'
import { viewKibana } from './kibana-view.ts'

/** A Kibana with a keystore of these bytes, in its config folder unless another is named. */
async function kibanaWith(bytes: string, folder = 'config'): Promise<string> {
  const home = await kibanaFolder()
  await writeFile(join(home, folder, 'kibana.keystore'), bytes)
  return home
}
const inspect = (home: string) => inspectKibana({ home }, { env: {}, root: join(home, 'nowhere') })
const read = (home: string) => readKibanaKeystore({ config: join(home, 'config'), data: join(home, 'data') })

test('a keystore without a password is read, names with dots as well as what is nested', async () => {
  const home = await kibanaWith(kibanaKeystoreFile({ 'elasticsearch.password': 'hunter2', elasticsearch: { hosts: ['https://other:9200'] }, 'a.b': 1 }))
  expect(await read(home)).toEqual({
    file: join(home, 'config', 'kibana.keystore'),
    settings: { 'elasticsearch.password': 'hunter2', 'elasticsearch.hosts': ['https://other:9200'], 'a.b': 1 },
    closed: null,
    locked: false,
  })
})

test('none is none, an empty one holds nothing, and one in the data folder comes before that of the config folder', async () => {
  expect(await read(await kibanaFolder())).toBeNull()
  const home = await kibanaWith(kibanaKeystoreFile({}))
  expect(await read(home)).toMatchObject({ settings: {} })
  await writeFile(join(home, 'data', 'kibana.keystore'), kibanaKeystoreFile({ a: 1 }))
  expect(await read(home)).toMatchObject({ file: join(home, 'data', 'kibana.keystore'), settings: { a: 1 } })
})

test.each([
  ['with a password', kibanaKeystoreFile({ 'elasticsearch.password': 'hunter2' }, 'a password')],
  ['that is cut off', kibanaKeystoreFile({ 'elasticsearch.password': 'hunter2' }).slice(0, 80)],
  ['that is something else', 'not a keystore'],
  ['that is empty', ''],
])('one %s is told as closed, as Kibana takes it, and never read as none', async (_, bytes) => {
  expect(await read(await kibanaWith(bytes))).toMatchObject({ settings: null, closed: 'it has a password', locked: true })
})

test('one that is no file is told as such, and nobody would be asked for its password', async () => {
  const home = await kibanaFolder()
  await mkdir(join(home, 'config', 'kibana.keystore'))
  expect(await read(home)).toMatchObject({ settings: null, closed: expect.stringMatching(/^it is no file$|may not read it$/), locked: false })
})

test.each([
  ['elasticsearch.hosts', 'https://other:9200'],
  ['elasticsearch.username', 'kibana_system'],
  ['elasticsearch.password', 'hunter2'],
  ['elasticsearch.serviceAccountToken', 'AAEAA'],
  ['elasticsearch.ssl.certificateAuthorities', '/etc/ca.crt'],
])('a Kibana whose keystore holds %s is connected already, replaced by nobody, and no value of it is told', async (name, value) => {
  const kibana = await inspect(await kibanaWith(kibanaKeystoreFile({ [name]: value })))
  expect(() => refuseConnected(kibana)).not.toThrow()
  const refusal = expect.objectContaining({ code: 'kibana_keystore_connected', message: expect.not.stringContaining(value), remedy: expect.stringContaining(`bin/kibana-keystore remove ${name}`) })
  expect(() => refuseKeystore(kibana)).toThrow(refusal)
  expect((await viewKibana(kibana)).connected).toBe(`connected by its kibana.keystore (${name})`)
})

test('what else a keystore holds is in nobody\'s way', async () => {
  const kibana = await inspect(await kibanaWith(kibanaKeystoreFile({ 'xpack.security.encryptionKey': 'k'.repeat(32) })))
  expect(() => refuseKeystore(kibana)).not.toThrow()
  expect((await viewKibana(kibana)).connected).toBeNull()
})

test('one with a password passes, and is not started where nobody could type that, unless a file that holds it is named', async () => {
  const kibana = await inspect(await kibanaWith(kibanaKeystoreFile({}, 'a password')))
  expect(() => refuseKeystore(kibana)).not.toThrow()
  expect(() => refuseLocked(kibana, {})).toThrow(expect.objectContaining({ code: 'kibana_keystore_locked' }))
  expect(() => refuseLocked(kibana, { KBN_KEYSTORE_PASSPHRASE_FILE: '/etc/kibana/passphrase' })).not.toThrow()
})
