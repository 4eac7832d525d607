import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { clientNames, clientSnippet, type ClientSnippet, type ClientWay } from '../contract/clients.ts'
import { placeholderNode, type ClientNode } from './client-node.ts'
import { nowWhat } from './now-what.ts'
import { byTrust, snippetsFor } from './snippets.ts'

const fingerprint = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90'
const node: ClientNode = { url: 'https://localhost:9200', caFingerprint: fingerprint, caCertificate: '/opt/es/config/certs/http_ca.crt', version: '9.4.3', windows: false }
const oddPath = '/opt/it\'s "été" #{1} $HOME \\ 100%/http_ca.crt'
const windowsPath = 'C:\\Users\\Zoë\\new es\\http_ca.crt'

const waysOf = (snippet: ClientSnippet): readonly ClientWay[] => [snippet, ...(snippet.other === null ? [] : [snippet.other])]
const snippets = snippetsFor(node)

describe.each(clientNames)('the snippet for %s', (name) => {
  const snippet = snippets[name]

  test('is what the contract says, installs in one line, and ends with a line break', () => {
    expect(clientSnippet.parse(snippet)).toEqual(snippet)
    expect(snippet.install).not.toContain('\n')
    expect(snippet.run).not.toContain('\n')
    for (const { code } of waysOf(snippet)) expect(code).toMatch(/[^\n]\n$/)
  })

  test('has the address, and the fingerprint or the CA file that it says it has', () => {
    for (const { code, trust } of waysOf(snippet)) {
      expect(code).toContain(node.url)
      expect(code.includes(node.caCertificate)).toBe(trust === 'ca')
      expect(code.replaceAll(/:(?=[0-9A-F]{2}\b)/g, '').toLowerCase().includes(fingerprint)).toBe(trust === 'fingerprint')
    }
  })

  test('asks for the CA file where it reads it, and only there', () => {
    for (const { code, needs } of waysOf(snippet)) {
      const read = `${code}${snippet.install}${snippet.run}`.includes(node.caCertificate)
      expect(needs.filter((need) => need.includes(node.caCertificate))).toHaveLength(read ? 1 : 0)
    }
  })

  test('reads its login from the environment, where it is to be had when it runs', () => {
    for (const { code } of waysOf(snippet)) expect(code).toMatch(name === 'kibana' ? /\$\{KIBANA_TOKEN\}/ : /ELASTIC_PASSWORD/)
    for (const { code } of waysOf(snippet)) expect(code.includes('ELASTIC_API_KEY')).toBe(name !== 'kibana')
  })

  test('chooses the client of the same major, since one of 9 is refused by 8', () => {
    const versions = [snippetsFor({ ...node, version: '8.16.6' })[name], snippetsFor(placeholderNode)[name]].map(({ install, code }) => `${install}${code}`)
    for (const text of versions) expect(text).not.toMatch(/@9|v9|>=9|'9\.|\^9|~> 9|=9\.|>9\.|-9\./)
  })
})

test('no certificate check is turned off where a file is what the client trusts', () => {
  const off = /rejectUnauthorized|InsecureSkipVerify|verify: false|--insecure|verification_?mode: none/i
  const withFile = Object.values(snippets).flatMap(waysOf).filter(({ trust }) => trust === 'ca')
  expect(withFile.filter(({ code }) => off.test(code))).toEqual([])
})

test('the way that is recommended is the one that checks more: a fingerprint alone is first where the client verifies the chain with it', () => {
  expect(Object.values(snippets).flatMap(({ trust, title }) => (trust === 'fingerprint' ? [title] : []))).toEqual(['Beats (Filebeat, Metricbeat)', 'Logstash', 'Elastic Agent (standalone)'])
})

test.each([oddPath, windowsPath])('the path %s comes out of each literal as it is', (caCertificate) => {
  const odd = snippetsFor({ ...node, caCertificate })
  const literal = (name: keyof typeof odd, before: RegExp): string => byTrust(odd[name], 'ca').code.split('\n').flatMap((line) => before.exec(line)?.[1] ?? [])[0] ?? ''
  const asJson = (text: string): unknown => JSON.parse(text)
  expect(asJson(literal('javascript', /readFileSync\((".*")\)/))).toBe(caCertificate)
  expect(asJson(literal('python', /ca_certs=(".*"), \*\*login/))).toBe(caCertificate)
  expect(asJson(literal('go', /ReadFile\((".*")\)/))).toBe(caCertificate)
  expect(asJson(literal('java', /new File\((".*")\)/))).toBe(caCertificate)
  expect(literal('java', /new File\((".*")\)/)).toMatch(/^[ -~]+$/)
  expect(asJson(literal('dotnet', /X509Certificate2\((".*")\)\)\)/))).toBe(caCertificate)
  expect(asJson(literal('rust', /fs::read\((".*")\)\?/))).toBe(caCertificate)
  expect(literal('ruby', /ca_file: '(.*)' \}/).replaceAll(/\\(['\\])/g, '$1')).toBe(caCertificate)
  expect(literal('php', /setCABundle\('(.*)'\)/).replaceAll(/\\(['\\])/g, '$1')).toBe(caCertificate)
  expect(load(odd.kibana.code)).toMatchObject({ 'elasticsearch.ssl.certificateAuthorities': [caCertificate] })
})

test.skipIf(process.platform === 'win32')('sh reads the path of the curl call as it is, and the password with every sign in it', () => {
  const { code } = snippetsFor({ ...node, caCertificate: oddPath }).curl
  // A curl that tells what it was given, in the place of the real one.
  const played = `curl() { printf '%s\\n' "$@"; cat; }\n${code}`
  const said = execFileSync('sh', ['-c', played], { encoding: 'utf8', env: { PATH: process.env.PATH, ELASTIC_PASSWORD: 'a "b\\c d\'é$x' } })
  expect(said).toContain(`--cacert\n${oddPath}\n${node.url}\n`)
  expect(said).toContain('user = "elastic:a \\"b\\\\c d\'é$x"')
  expect(() => execFileSync('sh', ['-c', played], { stdio: 'ignore', env: { PATH: process.env.PATH } })).toThrow('Command failed')
})

test('Beats and Elastic Agent get the settings that their documentation names, each with its value', () => {
  const output = { hosts: [node.url], username: 'elastic', password: '${ELASTIC_PASSWORD}', proxy_disable: true }
  const fingerprintWay = { ...output, 'ssl.ca_trusted_fingerprint': fingerprint }
  const fileWay = { ...output, 'ssl.certificate_authorities': [node.caCertificate] }
  expect(load(snippets.beats.code)).toHaveProperty(['output.elasticsearch'], fingerprintWay)
  expect(load(byTrust(snippets.beats, 'ca').code)).toHaveProperty(['output.elasticsearch'], fileWay)
  expect(load(snippets.agent.code)).toHaveProperty('outputs.default', { type: 'elasticsearch', ...fingerprintWay })
  expect(load(byTrust(snippets.agent, 'ca').code)).toHaveProperty('outputs.default', { type: 'elasticsearch', ...fileWay })
  const windows = snippetsFor({ ...node, caCertificate: windowsPath, windows: true })
  expect(byTrust(windows.beats, 'ca').code).toContain('["C:/Users/Zoë/new es/http_ca.crt"]')
})

test('Logstash gets the options that its Elasticsearch output documents', () => {
  const options = (code: string): string[] => [...code.matchAll(/^ {4}(\w+) => (?:\[.*\]|".*"|true)$/gm)].map(([, option]) => option ?? '')
  expect(options(snippets.logstash.code)).toEqual(['hosts', 'user', 'password', 'ssl_enabled', 'ca_trusted_fingerprint'])
  expect(options(byTrust(snippets.logstash, 'ca').code)).toEqual(['hosts', 'user', 'password', 'ssl_enabled', 'ssl_certificate_authorities'])
})

test('an older Logstash gets the options by the names that it knows', () => {
  const of = (version: string) => snippetsFor({ ...node, version }).logstash
  expect(byTrust(of('8.7.1'), 'ca').code).toMatch(/^ {4}ssl => true\n {4}cacert => "\/opt\/es\/config\/certs\/http_ca.crt"$/m)
  expect(of('8.7.1').code).toContain('ca_trusted_fingerprint')
  expect(of('8.2.3')).toMatchObject({ trust: 'ca', other: null })
  expect(byTrust(of('8.8.0'), 'ca').code).toMatch(/^ {4}ssl_enabled => true\n {4}ssl_certificate_authorities => \[/m)
})

test('Kibana is told what its documentation names, and what Firstnode itself would write', () => {
  expect(load(snippets.kibana.code)).toEqual({
    'elasticsearch.hosts': [node.url],
    'elasticsearch.serviceAccountToken': '${KIBANA_TOKEN}',
    'elasticsearch.ssl.certificateAuthorities': [node.caCertificate],
    'elasticsearch.ssl.verificationMode': 'full',
  })
})

test('Beats and Elastic Agent are said to need quotes around a password that their own reader of variables takes for a list', () => {
  for (const { notes } of [snippets.beats, snippets.agent]) expect(notes.join(' ')).toContain(`export ELASTIC_PASSWORD="'$ELASTIC_PASSWORD'"`)
})

test('a CA in a store is asked for as a file by every way that reads it', () => {
  const stored = snippetsFor({ ...node, caCertificate: '/opt/es/config/http.p12' })
  const needs = Object.values(stored).flatMap(waysOf).filter(({ trust }) => trust === 'ca').map((way) => way.needs.join(' '))
  expect(needs.filter((need) => !need.includes('as http_ca.crt'))).toEqual([])
})

test('what knows a CA by ca_trusted_fingerprint says from which version on', () => {
  const needsOf = (name: 'beats' | 'agent' | 'logstash', version = '9.4.3') => byTrust(snippetsFor({ ...node, version })[name], 'fingerprint').needs.join(' ')
  expect([needsOf('beats'), needsOf('agent')].filter((need) => /8\.0 or newer.*7\.17 ignores .*CA certificate instead/.test(need))).toHaveLength(2)
  expect(needsOf('logstash')).toMatch(/8\.3 or newer/)
})

/** What a shell does with a line where of all programs only these are there. */
function inBareShell(line: string, programs: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'firstnode-bare-'))
  try {
    for (const [name, script] of Object.entries(programs)) writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
    return execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8', env: { PATH: folder } })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.skipIf(process.platform === 'win32')('curl is installed where it is missing, and its place printed where it is there', () => {
  const { install } = snippets.curl
  expect(inBareShell(install, { sudo: 'echo "$@"', curl: 'exit 9' })).toMatch(/\/curl\n$/)
  expect(inBareShell(install, { sudo: 'echo "$@"' })).toBe('apt-get install -y curl\n')
  expect(inBareShell(install, { sudo: '[ "$1" = dnf ] && echo "$@"' })).toBe('dnf install -y curl\n')
})

test('every line before a file installs something, but that of Kibana, which says what it does', () => {
  const installs = /\b(?:install|get|require|add|copy-dependencies)\b|curl -fLO/
  expect(clientNames.filter((name) => !installs.test(snippets[name].install))).toEqual(['kibana'])
  expect(clientNames.filter((name) => snippets[name].installs !== 'Install it')).toEqual(['kibana'])
  expect(snippets.kibana.installs).toBe('Make a token for Kibana')
})

test('Rust says why it pins a pre-release', () => {
  expect(snippets.rust.notes.join(' ')).toContain('only as pre-releases')
})

test('agents that Fleet manages are told that they need nothing', () => {
  expect(snippets.agent.notes.join(' ')).toContain('need nothing')
})

test('"Next steps" leads on to HTTPS between browser and Kibana, and to discovery', () => {
  expect(nowWhat.map(({ title }) => title).join()).toMatch(/HTTPS between browser and Kibana.*discovery/)
})
