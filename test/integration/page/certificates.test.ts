import { afterEach, expect, test } from 'vitest'
import type { CertificatesState } from '../../../shared/contract/certificates.ts'
import { someCertificates } from '../../cli/certificate-answers.ts'
import { axeViolations } from '../../page/axe.ts'
import { complaints, page, served, testTheBuiltPage } from '../../page/tested-page.ts'

// The built page in the real browser host; only the engine behind it is a double.
testTheBuiltPage({ scenario: 'configured', pace: 15 })
afterEach(() => {
  expect(complaints).toEqual([])
})

const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
const dayMs = 86_400_000

async function toNode(certificates: Partial<CertificatesState>): Promise<void> {
  served.engine.play('configured')
  served.engine.showCertificates(certificates)
  await page.goto(served.newAddress())
  await page.getByRole('radio').first().check()
  await press('Show the node')
  await page.getByRole('heading', { level: 1, name: /^Elasticsearch 9.4.3/ }).waitFor()
}

test('certificates that last are listed in a fold that stays shut', async () => {
  await toNode({})
  await page.getByText('HTTP certificate valid until 2999-01-02').waitFor()
  expect(await page.getByRole('region', { name: 'Certificates' }).count()).toBe(0)
  await press(/^Certificates/)
  await page.getByRole('region', { name: 'Certificates' }).getByText('valid until 2999-06-02').waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('one that ends soon opens it, and is renewed after a preview', async () => {
  const until = Date.now() + 20 * dayMs
  const finding = {
    code: 'certificate_ends',
    message: 'The HTTP certificate expires in 20 days.',
    remedy: 'Renew it.',
    command: 'renew',
  }
  await toNode({
    certificates: someCertificates(until),
    findings: [finding],
    served: { serial: '4A01', fingerprint: 'ab', validUntil: until, asOnDisk: true },
  })
  await page.getByText('The HTTP certificate expires in 20 days.').waitFor()
  await page.getByText('the HTTP certificate above').waitFor()
  await page.getByLabel('Additional host names or IP addresses').fill('es.example.org, 10.0.0.5')
  await press('Renew the HTTP certificate')
  await page.getByText('and 2 more: es.example.org, 10.0.0.5').waitFor()
  expect(served.engine.called).not.toContain('certificates.renew')
  expect(await axeViolations(page)).toEqual([])
  await press('Renew now')
  await page.getByText('The node serves its new HTTP certificate, valid until 2028-01-02.').waitFor()
  await press('Refresh the certificates')
  await page.getByText('HTTP certificate valid until 2999-01-02').waitFor()
})

test('a reload while a renewal is under way finds it again, and shows how it ends', async () => {
  await toNode({ findings: [{ code: 'certificate_ends', message: 'It expires.', remedy: 'Renew it.', command: 'renew' }] })
  await press('Renew the HTTP certificate')
  served.engine.pace = 100_000
  await press('Renew now')
  await page.getByRole('progressbar', { name: 'Renewing the HTTP certificate' }).waitFor()
  await page.reload()
  await page.getByRole('progressbar', { name: 'Renewing the HTTP certificate' }).waitFor()
  await page.getByText('This continues without this page.').waitFor()
  expect(await axeViolations(page)).toEqual([])
  served.engine.pace = 15
  await press('Cancel')
  await page.getByRole('button', { name: 'Refresh the certificates' }).click()
  await page.getByRole('button', { name: 'Renew the HTTP certificate' }).waitFor()
})

test('one that has ended is told as such', async () => {
  await toNode({
    certificates: someCertificates(Date.UTC(2026, 0, 5)),
    findings: [
      {
        code: 'certificate_ends',
        message: 'The HTTP certificate expired on 2026-01-05.',
        remedy: 'Renew it.',
        command: 'renew',
      },
    ],
  })
  await page.getByText('expired on 2026-01-05', { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('where the CA ends soon, issuing it again is chosen already, and what the new fingerprint means is told first', async () => {
  await toNode({
    findings: [
      {
        code: 'certificate_authority_ends',
        message: 'The CA certificate for HTTP expires soon.',
        remedy: 'Renew it.',
        command: 'renew --ca',
      },
    ],
  })
  expect(await page.getByRole('checkbox', { name: /^Also issue the CA certificate again/ }).isChecked()).toBe(true)
  await press('Renew the HTTP certificate')
  await page.getByText(/valid until 2032-01-02 instead of 2029-01-02/).waitFor()
  await page
    .getByText(/change ca_trusted_fingerprint in .*kibana.yml, copy .*http_ca.crt to .*ca_1.crt, then restart it/)
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
})
