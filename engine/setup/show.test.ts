import { expect, onTestFinished, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { configuredConfig } from '../security/testing/configured-config.ts'
import { showNode } from './show.ts'

async function setUp(how: Parameters<typeof configuredConfig>[0]): Promise<Installation> {
  const at = await configuredConfig(how)
  onTestFinished(() => at.remove())
  return at.installation
}

const day = 86_400_000

test.each([
  ['made today', 0],
  ['that has expired', 800],
])('the end of the certificate of a node, %s, is shown beside that of its CA', async (_, age) => {
  const now = Date.now() - age * day
  const shown = await showNode(await setUp({ now: new Date(now) }), false, undefined)
  expect(Math.round(((shown.certificateValidUntil ?? 0) - now) / day)).toBe(730)
  expect(Math.round(((shown.caValidUntil ?? 0) - now) / day)).toBe(1095)
})

test.each([
  ['required', 'clients_need_certificate'],
  ['optional', undefined],
  ['none', undefined],
])('that clients need a certificate of their own is shown where it is so: %s', async (value, code) => {
  const installation = await setUp({ line: `xpack.security.http.ssl.client_authentication: ${value}\n` })
  expect((await showNode(installation, false, undefined)).clientCertificates?.code).toBe(code)
})
