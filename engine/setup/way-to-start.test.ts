import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeNodeCertificates, toPem } from '../security/certificates.ts'
import { codeOf } from '../security/testing/code-of.ts'
import { smallKeys } from '../security/testing/small-keys.ts'
import { temporaryConfig, type TemporaryConfig } from '../security/testing/temporary-config.ts'
import { showNode } from './show.ts'
import { wayToStart } from './way-to-start.ts'

const homes: TemporaryConfig[] = []
afterEach(async () => {
  await Promise.all(homes.splice(0).map((home) => home.remove()))
})

async function home(yml: string): Promise<TemporaryConfig> {
  const made = await temporaryConfig(yml)
  homes.push(made)
  return made
}

/** TLS for clients by hand, with PEM files. `chain`: whether the authority stands beside the certificate. */
async function pemHome(chain: boolean): Promise<TemporaryConfig> {
  const http = 'xpack.security.http.ssl'
  const at = await home(`xpack.security.enabled: true\n${http}.enabled: true\n${http}.certificate: tls/node.crt\n${http}.key: tls/node.key\n`)
  const keys = await smallKeys()
  const made = await makeNodeCertificates({ keys, nodeName: 'alpha', names: ['localhost'], now: new Date() })
  await mkdir(join(at.config, 'tls'))
  await writeFile(join(at.config, 'tls', 'node.crt'), `${toPem(made.http)}${chain ? toPem(made.httpCa) : ''}`)
  return at
}

test.each(['', 'cluster.name: a\n', 'xpack.security.enabled: false\n'])('a home whose settings turn on no security is refused: %j', async (yml) => {
  const { installation } = await home(yml)
  expect(await codeOf(() => wayToStart(installation, null))).toBe('not_configured')
  expect(await codeOf(() => showNode(installation, false, undefined))).toBe('not_configured')
})

test.each([
  'xpack.security.enabled: true\n',
  'xpack.security.transport.ssl.enabled: true\nxpack.security.http.ssl.enabled: false\n',
  'xpack.security.enabled: true\nxpack.security.http.ssl.enabled: false\n',
])('one that was configured by hand without TLS for clients is started, and it is said what that proves: %j', async (yml) => {
  const { installation } = await home(yml)
  expect(await wayToStart(installation, null)).toEqual({ kind: 'as-is', note: expect.stringContaining('no TLS for clients') as string })
  expect(await codeOf(() => showNode(installation, false, undefined))).toBe('no_client_tls')
})

test('TLS by hand is proved by its authority where that is known, else only by an answer', async () => {
  const known = await wayToStart((await pemHome(true)).installation, null)
  expect(known).toMatchObject({ kind: 'configured', handover: { url: 'https://localhost:9200', password: null } })
  const unknown = await wayToStart((await pemHome(false)).installation, null)
  expect(unknown).toEqual({ kind: 'as-is', note: expect.stringContaining('is not beside it') as string })
})
