import { expect, test } from 'vitest'
import { resolveVariables, variablesIn } from './kibana-variables.ts'

const env = { HOST: 'es.local', PORT: '5602', EMPTY: '', Mixed: 'm' }

test.each([
  ['${HOST}', 'es.local'],
  ['https://${HOST}:${PORT}/', 'https://es.local:5602/'],
  ['${EMPTY}', ''],
  ['${UNKNOWN:9200}', '9200'],
  ['${PORT:9200}', '5602'],
  ['${UNKNOWN:a-b}', '${UNKNOWN:a-b}'],
  ['${UNKNOWN:}', '${UNKNOWN:}'],
  ['$HOST ${} ${a b} $${HOST}', '$HOST ${} ${a b} $es.local'],
  [['${HOST}', 1, ['${PORT}']], ['es.local', 1, ['5602']]],
  [[{ hosts: ['${HOST}'] }], [{ hosts: ['es.local'] }]],
  [5602, 5602],
  [null, null],
])('%j is what Kibana makes of it: %j', (value, resolved) => {
  expect(resolveVariables({ a: value }, env)).toEqual({ settings: { a: resolved }, missing: [] })
})

test('a variable that is not set is named with its setting, and stays in the text', () => {
  const { settings, missing } = resolveVariables({ 'server.name': '${NONE}', list: ['a', '${HOST}-${NONE2}'] }, env)
  expect(settings).toEqual({ 'server.name': '${NONE}', list: ['a', 'es.local-${NONE2}'] })
  expect(missing).toEqual([{ setting: 'server.name', variable: 'NONE' }, { setting: 'list', variable: 'NONE2' }])
})

test('a name that every object has is not a variable', () => {
  expect(resolveVariables({ a: '${constructor}' }, env).missing).toEqual([{ setting: 'a', variable: 'constructor' }])
})

test('Windows takes names of variables in any case, other systems do not', () => {
  expect(resolveVariables({ a: '${MIXED}' }, env, 'win32').settings).toEqual({ a: 'm' })
  expect(resolveVariables({ a: '${MIXED}' }, env, 'linux').missing).toHaveLength(1)
})

test('the variables of a text are found with a default and without', () => {
  expect([...variablesIn('a: ${A}\nb: x${B:c}y${A}')]).toEqual(['A', 'B'])
})
