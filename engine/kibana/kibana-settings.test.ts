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
