import { expect, test } from 'vitest'
import { connectedBy, readKibanaSettings } from './kibana-settings.ts'

const by = (text: string) => connectedBy(readKibanaSettings(text, 'kibana.yml'))

test.each([
  ['', null],
  ['elasticsearch.hosts: ["http://localhost:9200"]\n', null],
  ['elasticsearch.hosts: http://localhost:9200\nserver.port: 5602\n', null],
  ['elasticsearch.hosts: ["https://localhost:9200"]\n', { hosts: ['https://localhost:9200'], credentials: [] }],
  ['elasticsearch:\n  hosts: [http://a:9200, http://b:9200]\n', { hosts: ['http://a:9200', 'http://b:9200'], credentials: [] }],
  ['elasticsearch.username: kibana_system\nelasticsearch.password: x\n', { hosts: [], credentials: ['elasticsearch.username', 'elasticsearch.password'] }],
  ['elasticsearch.serviceAccountToken: x\n', { hosts: [], credentials: ['elasticsearch.serviceAccountToken'] }],
])('with %j Kibana takes itself for connected by %j', (text, expected) => {
  expect(by(text)).toEqual(expected)
})

test.each([
  ['', {}],
  ['# comments alone', {}],
  ['a: yes\nb: 0o17\nc: ~\nd: 1e3\n', { a: 'yes', b: 15, c: null, d: 1000 }],
  ['x: &x {a: 1}\ny: {<<: *x, b: 2}\n', { 'x.a': 1, 'y.a': 1, 'y.b': 2 }],
  ['a: 2001-01-01\n', { a: new Date('2001-01-01') }],
  ['a: &x [b]\nc: *x\n', { a: ['b'], c: ['b'] }],
  ['__proto__: 1\n', { ['__proto__']: 1 }],
])('%j is read as Kibana reads it, by js-yaml 4.1', (text, settings) => {
  expect(Object.entries(readKibanaSettings(text, 'kibana.yml'))).toEqual(Object.entries(settings))
})

test.each(['a: [b\n', 'a: 1\na: 2\n', 'a: !x b\n', '- a\n', 'a: b\n---\nc: d\n', `a: ${'['.repeat(100_000)}`])(
  '%.20j is refused',
  (text) => {
    expect(() => readKibanaSettings(text, 'kibana.yml')).toThrow(
      expect.objectContaining({ code: 'kibana_settings_broken' }) as Error,
    )
  },
)
