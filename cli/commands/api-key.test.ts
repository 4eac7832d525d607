import { expect, test } from 'vitest'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'

const wanted = ['--home', '/es', '--name', 'dashboard']
const key = 'a2V5LTE6c2VjcmV0'

test('it prints the key alone on standard output, and what it may do on standard error', async () => {
  const { code, out, err, double } = await ran(['api-key', ...wanted])
  expect({ code, out }).toEqual({ code: 0, out: `${key}\n` })
  expect(err).toBe('It may read every index.\nIt ends tomorrow.\n')
  expect(double.inputs['cluster.apiKey']).toEqual({ target: { home: '/es' }, name: 'dashboard', lifetime: '30d', access: { kind: 'read' } })
})

test('access, prefix and lifetime are handed on; "never" is no lifetime', async () => {
  const write = await ran(['api-key', ...wanted, '--access', 'write', '--prefix', 'logs-', '--expires', 'never'])
  expect(write.double.inputs['cluster.apiKey']).toMatchObject({ lifetime: null, access: { kind: 'write', prefix: 'logs-' } })
  expect(jsonOf(await ran(['api-key', ...wanted, '--json']))).toMatchObject({ id: 'key-1', name: 'dashboard', apiKey: key })
})

test.each([[['--home', '/es']], [['--name', 'a']], [[...wanted, '--access', 'write']], [[...wanted, '--prefix', 'logs-']], [[...wanted, '--access', 'some']]])('%j is refused before anybody is asked', async (args) => {
  const { code, double } = await ran(['api-key', ...args])
  expect(code).toBe(2)
  expect(double.calls).toEqual([])
})

test('a right ELASTIC_PASSWORD asks the cluster; a wrong one is told, and the file realm is used', async () => {
  const right = await ran(['api-key', ...wanted], { env: { ELASTIC_PASSWORD: 'secret-password' } })
  expect(right.double.inputs['cluster.apiKey']).toMatchObject({ password: 'secret-password' })
  const wrong = await ran(['api-key', ...wanted], { env: { ELASTIC_PASSWORD: 'an old one' } })
  expect(wrong.code).toBe(0)
  expect(wrong.double.inputs['cluster.apiKey']).not.toHaveProperty('password')
  expect(wrong.err).toContain('ELASTIC_PASSWORD was not accepted')
})

test('a wrong password from standard input is told', async () => {
  expect((await ran(['api-key', ...wanted, '--password-stdin'], { stdin: 'wrong\n' })).code).not.toBe(0)
})
