import { expect, test } from 'vitest'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'
import { clientNames } from '../../shared/contract/clients.ts'

const home = ['--home', '/es']

test('with --json it is an object by client, each with title, install, file, code and trust', async () => {
  const result = await ran(['clients', ...home, '--json'])
  const clients = jsonOf(result) as Record<string, unknown>
  expect(Object.keys(clients)).toEqual([...clientNames])
  for (const one of Object.values(clients)) {
    expect(one).toMatchObject({ title: expect.any(String), install: expect.any(String), file: expect.any(String), code: expect.any(String), trust: expect.stringMatching(/^(?:ca|fingerprint)$/) })
  }
  expect(result.double.inputs['clients.snippets']).toEqual({ target: { home: '/es' } })
  expect(result.err).toBe('A sentence to know before.\n')
})

test('without a home placeholders are asked for', async () => {
  const { code, double } = await ran(['clients', '--json'])
  expect(code).toBe(0)
  expect(double.inputs['clients.snippets']).toEqual({ target: null })
  expect((await ran(['clients'])).out).toContain('<CA fingerprint, 64 hex digits>')
})

test.each([['python', ...home], [...home, 'python'], [...home, '--client', 'python'], ['--json', 'python', ...home]])('the name of a client may stand anywhere: %j', async (...args) => {
  const { code, out } = await ran(['clients', ...args])
  expect(code).toBe(0)
  expect(out).toContain('from elasticsearch import Elasticsearch')
  expect(out).not.toContain('@elastic/elasticsearch')
})

test('the page of one client has its code without an indent, how to install and run it, and what it checks', async () => {
  const { out } = await ran(['clients', 'javascript', ...home])
  for (const line of ['npm install @elastic/elasticsearch@8', "import { Client } from '@elastic/elasticsearch'", 'node connect.mjs']) expect(out.split('\n')).toContain(line)
  expect(out).toMatch(/It knows the cluster by the CA file, and checks: The whole chain/)
  expect(out).toContain('--trust fingerprint')
  expect((await ran(['clients', 'javascript', '--trust', 'fingerprint', ...home])).out).toContain('caFingerprint:')
  expect((await ran(['clients', 'php', '--trust', 'fingerprint', ...home])).out).toContain('setCABundle(')
})

test('the page of all names every client, what Fleet does, and where to read on', async () => {
  const { out } = await ran(['clients', ...home])
  for (const name of clientNames) expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  expect(out).toMatch(/manages need\s+nothing/)
  expect(out).toContain('HTTPS between browser and Kibana')
})

test('a name that is none is told with the nearest one', async () => {
  const { code, err } = await ran(['clients', 'pyhton', ...home])
  expect(code).toBe(2)
  expect(err).toContain('Did you mean python?')
})

test('the password of a locked keystore comes from standard input', async () => {
  const double = new EngineDouble()
  double.keystoreLocked = 'ks pass'
  const { code } = await ran(['clients', ...home, '--keystore-password-stdin'], { double, stdin: 'ks pass\n' })
  expect(code).toBe(0)
})
