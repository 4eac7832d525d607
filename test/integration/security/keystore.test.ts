import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatOfInstallation } from '../../../engine/security/keystore-format.ts'
import { readKeystore, writeKeystore } from '../../../engine/security/keystore.ts'
import { SecretBytes } from '../../../engine/security/secret-bytes.ts'
import { Secret } from '../../../shared/secret.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { setUp } from './set-up.ts'
import { runStock, stock } from './stock-tools.ts'

/** A tool takes a second or two, but ten where the machine does much else. */
const manyTools = 400_000
const secret = new Secret('pässwörd ☃')
const entries = new Map([
  ['keystore.seed', SecretBytes.of(new Secret('x'.repeat(20)))],
  ['my.text', SecretBytes.of(new Secret('wörd ☃ "quoted"'))],
])

describe.each(firstOf('9.4.3', '8.16.6'))('%s', (version) => {
  let home: FreshHome
  let path: string
  const newest = formatOfInstallation({ version })

  beforeAll(async () => {
    home = await freshHome(version)
    path = join(home.home, 'config', 'elasticsearch.keystore')
  })
  afterAll(() => home.remove())

  async function put(bytes: Uint8Array): Promise<void> {
    await writeFile(path, bytes, { mode: 0o660 })
    await chown(path, home.account.uid, home.account.gid)
  }

  lengthy('the tool reads every version that this Elasticsearch knows, with a password and without', async () => {
    for (const { format, password } of [...Array.from({ length: newest - 2 }, (_, at) => ({ format: at + 3, password: null })), { format: newest, password: secret }]) {
      await put(await writeKeystore({ version: format, entries, password }))
      const input = password === null ? '' : `${password.reveal()}\n`
      expect([format, await stock(home, 'elasticsearch-keystore', { args: ['show', 'my.text'], input })]).toEqual([format, expect.stringContaining('wörd ☃ "quoted"')])
    }
  }, manyTools)

  test('the version named for this Elasticsearch is the newest it reads', async () => {
    await put(await writeKeystore({ version: newest, entries }))
    expect((await runStock(home, 'elasticsearch-keystore', { args: ['list'] })).code).toBe(0)
    await put(await writeKeystore({ version: newest + 1, entries }))
    expect((await runStock(home, 'elasticsearch-keystore', { args: ['list'] })).code).not.toBe(0)
  })

  lengthy('a keystore of the tool with a password, a text and a file keeps all of it through a set-up, and opens with its password only', async () => {
    await rm(path, { force: true })
    const [password, file] = [new Secret('correct horse'), join(home.home, 'config', 'my.bin')]
    await writeFile(file, Buffer.from([0, 1, 254, 255]), { mode: 0o644 })
    await stock(home, 'elasticsearch-keystore', { args: ['create', '-p'], input: `${password.reveal()}\n${password.reveal()}\n` })
    await stock(home, 'elasticsearch-keystore', { args: ['add', 'my.text'], input: `${password.reveal()}\nwörd ☃\n` })
    await stock(home, 'elasticsearch-keystore', { args: ['add-file', 'my.file', file], input: `${password.reveal()}\n` })
    const before = await readKeystore(await readFile(path), { password })
    expect([before.version, before.hasPassword, [...before.entries.keys()].sort()]).toEqual([newest, true, ['keystore.seed', 'my.file', 'my.text']])

    await setUp(home, {}, { keystorePassword: password })
    const input = `${password.reveal()}\n`
    expect(await stock(home, 'elasticsearch-keystore', { args: ['show', 'my.text'], input })).toContain('wörd ☃')
    expect((await runStock(home, 'elasticsearch-keystore', { args: ['list'], input: 'wrong\n' })).code).not.toBe(0)
    const after = await readKeystore(await readFile(path), { password })
    for (const [name, value] of before.entries) expect(after.entries.get(name)?.reveal()).toEqual(value.reveal())
    expect(after.entries.has('autoconfiguration.password_hash')).toBe(true)
    expect([after.version, (await stat(path)).mode & 0o777]).toEqual([newest, 0o660])
  }, manyTools)
})
