import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import type { SetupDesk } from '../setup/setup-desk.ts'
import { gather } from './handout.ts'

const handover = { url: 'https://localhost:1', password: new Secret('word'), caFingerprint: 'ab', caCertificate: '/es/config/certs/http_ca.crt', tls: { caPem: '' } }
const desk = { live: () => ({ handover }) } as unknown as SetupDesk
const gathered = (url?: string) => gather(desk, { asked: { target: { home: '/es' }, setupId: 'one', ...(url === undefined ? {} : { url }) } }, undefined)

test.each(['http://es1:9200', 'es1:9200', 'https://elastic:word@es1:9200', 'https://es1:9200/?a=1', ''])('%j is no address to save, and nobody is asked there', async (url) => {
  await expect(gathered(url)).rejects.toMatchObject({ code: 'no_client_address' })
})

test('of a node that only accepts clients with a certificate that is saved as well', async () => {
  const own = { cert: 'PEM', key: new Secret('a private key') }
  const demanding = { live: () => ({ handover: { ...handover, tls: { caPem: '', own } } }) } as unknown as SetupDesk
  const asked = { target: { home: '/es' }, setupId: 'one' }
  expect(await gather(demanding, { asked }, undefined)).toMatchObject({ clientCertificates: true })
  expect(await gathered()).toMatchObject({ clientCertificates: false })
})

test('of a node that does not answer what is known is saved, with the address that was given', async () => {
  expect(await gathered()).toMatchObject({ url: 'https://localhost:1', username: 'elastic', clusterName: null, token: null })
  expect(await gathered('https://127.0.0.1:1/')).toMatchObject({ url: 'https://127.0.0.1:1', clusterName: null })
})
