import { expect, test } from 'vitest'
import { authorityPreviewed, renewalPreviewed } from '../../test/cli/certificate-answers.ts'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'

const home = ['--home', '/es']

test('renew shows the certificate it would make, and without a terminal ends with 3 before anything is written', async () => {
  const { code, out, err, double } = await ran(['renew', ...home])
  expect(code).toBe(3)
  expect(out).toMatch(/valid\s+until 2028-01-02. The old one expired on 2026-01-22./)
  expect(out).toContain('and one more: 192.168.1.20')
  expect(out).toContain('within 5 s, without a restart')
  expect(err).toContain('add --yes')
  expect(double.calls).toEqual(['certificates.previewRenewal'])
  const asJson = await ran(['renew', ...home, '--json'])
  expect([asJson.code, jsonOf(asJson)]).toMatchObject([3, { renewed: false, added: ['192.168.1.20'] }])
})

test('renew --yes renews what it showed, with further names and the password of the keystore', async () => {
  const result = await ran(
    ['renew', ...home, '--san', 'es.example.org', '--san', '10.0.0.5', '--yes', '--keystore-password-stdin', '--json'],
    { stdin: 'locked up\n' },
  )
  expect(result.code).toBe(0)
  expect(jsonOf(result)).toMatchObject({ renewed: true, sentences: ['The node serves its new HTTP certificate.'] })
  expect(result.double.inputs['certificates.previewRenewal']).toEqual({
    target: { home: '/es' },
    san: ['es.example.org', '10.0.0.5'],
    keystorePassword: 'locked up',
  })
  expect(result.double.inputs['certificates.renew']).toEqual({ planId: 'renewal-1' })
})

test('renew --ca tells of the new fingerprint and of who is known to use the old one', async () => {
  const double = new EngineDouble()
  double.renewal = { ...renewalPreviewed, authority: authorityPreviewed }
  const { out } = await ran(['renew', ...home, '--ca'], { double })
  expect(double.inputs['certificates.previewRenewal']).toEqual({ target: { home: '/es' }, san: [], authority: true })
  const plain = out.replaceAll(/\s+/g, ' ')
  expect(plain).toContain('valid until 2032-01-02 instead of 2029-01-02')
  expect(plain).toContain(`The fingerprint changes from ${'a2'.repeat(32)} to ${'b2'.repeat(32)}.`)
  expect(plain).toContain('change ca_trusted_fingerprint in /kibana/config/kibana.yml')
  expect(plain).not.toContain('need no change')
})

test('renew --undo says what it restores, and does it with --yes alone', async () => {
  const asked = await ran(['renew', ...home, '--undo'])
  expect([asked.code, asked.double.calls]).toEqual([3, ['certificates.previewUndo']])
  expect(asked.err).toContain('http.p12 is restored as it was before the renewal.')
  const done = await ran(['renew', ...home, '--undo', '--yes', '--json'])
  expect([done.code, jsonOf(done)]).toMatchObject([0, { undone: true, sentences: ['The keystore is restored.'] }])
  expect(await ran(['renew', ...home, '--undo', '--san', 'x'])).toMatchObject({ code: 2 })
})
