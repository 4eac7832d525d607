import { expect, test } from 'vitest'
import { kibanaAddress } from './kibana-address.ts'
import { readKibanaSettings } from './kibana-settings.ts'

test.each([
  ['', 'http://localhost:5601', '/api/status'],
  ['server.port: 5602\nserver.host: "0.0.0.0"\n', 'http://localhost:5602', '/api/status'],
  ['server.host: "fd00::1"\n', 'http://[fd00::1]:5601', '/api/status'],
  ['server:\n  host: kibana.local\n  ssl.enabled: true\n', 'https://kibana.local:5601', '/api/status'],
  ['server.basePath: /k\nserver.rewriteBasePath: true\n', 'http://localhost:5601/k', '/k/api/status'],
  ['server.basePath: /k\nserver.publicBaseUrl: https://example.org/k\n', 'https://example.org/k', '/api/status'],
  ['server.port: "${PORT}"\n', 'http://localhost:5601', '/api/status'],
])('with %j a browser finds it at %s', (text, url, statusPath) => {
  expect(kibanaAddress(readKibanaSettings(text, 'kibana.yml'))).toMatchObject({ url, statusPath })
})
