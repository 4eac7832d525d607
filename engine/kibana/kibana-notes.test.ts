import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspectKibana } from './kibana-home.ts'
import { notesOn } from './kibana-notes.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'
import { kibanaKeystoreFile } from './testing/kibana-keystore-file.ts'

const unchecked = 'kibana_certificate_unchecked'
const missing = 'kibana_variable_missing'

async function codes(settings: string, env: NodeJS.ProcessEnv = {}, entries?: Record<string, string>): Promise<string[]> {
  const home = await kibanaFolder({ settings })
  if (entries !== undefined) await writeFile(join(home, 'config', 'kibana.keystore'), kibanaKeystoreFile(entries))
  return notesOn(await inspectKibana({ home }, { env, root: join(home, 'nowhere') })).map(({ code }) => code)
}

test.each([
  ['elasticsearch.ssl.verificationMode: none', [unchecked]],
  ['elasticsearch: { ssl: { verificationMode: "none" } }', [unchecked]],
  ['elasticsearch.ssl.verificationMode: ${MODE}', [unchecked]],
  ['elasticsearch.ssl.verificationMode: ${OTHER:none}', [unchecked]],
  ['elasticsearch.ssl.verificationMode: certificate', []],
  ['elasticsearch.ssl.verificationMode: full', []],
  ['server.port: 5602', []],
  ['server.port: ${PORT}', [missing]],
  ['elasticsearch.hosts: ["${ES}"]', []],
])('%s: %j', async (settings, expected) => {
  expect(await codes(settings, { MODE: 'none' })).toEqual(expected)
})

test('what the keystore says wins', async () => {
  const name = 'elasticsearch.ssl.verificationMode'
  expect(await codes('', {}, { [name]: 'none' })).toEqual([unchecked])
  expect(await codes(`${name}: none`, {}, { [name]: 'full' })).toEqual([])
})
