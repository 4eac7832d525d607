import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { setApiKeyLine, shellLines } from './shell-lines.ts'

const known = { url: 'https://localhost:9200', username: 'elastic', password: `a'b"$HOME\\ &c`, caCertificate: `/opt/it's $5 & ü/http_ca.crt` }

test('a password and a path of any characters reach curl as they are in sh', () => {
  const { setPassword, curl } = shellLines({ shell: 'sh', ...known })
  const shown = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${setPassword}\n${curl}`], { encoding: 'utf8' })
  expect(shown.split('\n')).toEqual(['--cacert', known.caCertificate, '-u', `elastic:${known.password}`, known.url, ''])
})

test('PowerShell and cmd get their own syntax', () => {
  const powershell = shellLines({ shell: 'powershell', ...known })
  expect(powershell.setPassword).toBe(`$env:ELASTIC_PASSWORD = 'a''b"$HOME\\ &c'`)
  expect(powershell.curl).toBe(`curl.exe --cacert '/opt/it''s $5 & ü/http_ca.crt' -u "elastic:$env:ELASTIC_PASSWORD" https://localhost:9200`)
  const cmd = shellLines({ shell: 'cmd', ...known, password: 'simple', caCertificate: 'C:\\Program Files\\es\\http_ca.crt' })
  expect(cmd.setPassword).toBe('set "ELASTIC_PASSWORD=simple"')
  expect(cmd.curl).toBe('curl --cacert "C:\\Program Files\\es\\http_ca.crt" -u "elastic:%ELASTIC_PASSWORD%" https://localhost:9200')
})

test('quotes that PowerShell takes for an end are doubled, the curled ones among them', () => {
  const { setPassword, curl } = shellLines({ ...known, shell: 'powershell', password: 'a\u2019; rm x; \u2018\u201a\u201b', caCertificate: 'C:\\Users\\O\u2019Neil\\http_ca.crt' })
  expect(setPassword).toBe("$env:ELASTIC_PASSWORD = 'a\u2019\u2019; rm x; \u2018\u2018\u201a\u201a\u201b\u201b'")
  expect(curl).toContain("--cacert 'C:\\Users\\O\u2019\u2019Neil\\http_ca.crt'")
})

test('an API key is put into the environment by a line of each shell', () => {
  const key = 'VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybA=='
  expect(execFileSync('sh', ['-c', `${setApiKeyLine('sh', key)}; printf %s "$ELASTIC_API_KEY"`], { encoding: 'utf8' })).toBe(key)
  expect(setApiKeyLine('powershell', key)).toBe(`$env:ELASTIC_API_KEY = '${key}'`)
  expect(setApiKeyLine('cmd', key)).toBe(`set "ELASTIC_API_KEY=${key}"`)
})
