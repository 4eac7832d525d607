import { expect, test } from 'vitest'
import { withoutSecrets } from './without-secrets.ts'

const token = Buffer.from(JSON.stringify({ ver: '8.14.0', adr: ['192.168.1.20:9200'], fgr: 'ab'.repeat(32), key: 'mT3xN5ABy7QqGZkR0hJd:pVw1S3kLRbGcZx8yT0uQaA' })).toString('base64')

test.each([
  'password: hunter2',
  'ELASTIC_PASSWORD=hunter2 npm start',
  '{"password":"hunter2","user":"elastic"}',
  "{'keystore_password': 'hunter2 with blanks'}",
  'Password for the elastic user is hunter2',
  'the password of elastic was "hunter2"',
  'New value: the passwd => hunter2',
  'xpack.security.http.ssl.keystore.secure_password: hunter2',
  'xpack.security.http.ssl.keystore.password: "hunter2"',
  'bootstrap.password=hunter2',
  'failed to parse value [hunter2] for setting [xpack.notification.email.account.a.smtp.password]',
  'curl -u x --password hunter2 https://localhost',
  'https://elastic:hunter2@localhost:9200/_cluster/health',
  'Authorization: Basic ZWxhc3RpYzpodW50ZXIy',
  'authorization: ApiKey hunter2hunter2',
  'sent with Bearer hunter2.hunter2',
  '-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----',
  '-----BEGIN RSA PRIVATE KEY-----\nhunter2 and the rest was cut',
  'api_key: hunter2',
])('of "%s" the secret is masked', (text) => {
  const said = withoutSecrets(text)
  expect(said).not.toMatch(/hunter2|ZWxhc3RpYzpodW50ZXIy/)
  expect(said).toContain('••••')
})

test('enrollment tokens and hashes of passwords are masked wherever they stand', () => {
  expect(withoutSecrets(`made ${token} just now`)).toBe('made •••• just now')
  expect(withoutSecrets(`elastic:$2a$10$${'aB3./'.repeat(10)}abc`)).toBe('elastic:••••')
})

test('secrets that are known are masked without any word that speaks of them', () => {
  expect(withoutSecrets('then Hq4vT*e-9bXw2+ came', ['Hq4vT*e-9bXw2+', 'a'])).toBe('then •••• came')
})

test.each([
  'The password of elasticsearch.keystore did not fit.',
  '[2026-11-25T04:36:51,112][INFO ][o.e.n.Node] [search-01] version[9.4.3], pid[48213], build[default/tar/1a2b3c4d5e6f7a8b9c0d/2026-01-02]',
  'Caused by: java.net.BindException: Address already in use (0.0.0.0:9200)',
  'CA fingerprint 3f8a1c92d07be4459a6631f0c2b85de7740912ce6fa3b1885d24e9077c31fa60',
  'org.elasticsearch.xpack.security.authc.esnative.ReservedRealmAuthenticationProvider$$Lambda',
  'at org.elasticsearch.http.AbstractHttpServerTransport.bindAddress(AbstractHttpServerTransport.java:301)',
  '~/elasticsearch-9.4.3/config/elasticsearch.yml',
])('"%s" holds no secret and stays as it is', (text) => {
  expect(withoutSecrets(text)).toBe(text)
})
