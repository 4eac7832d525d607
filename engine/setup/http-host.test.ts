import { expect, test } from 'vitest'
import { readSettings } from '../preflight/settings.ts'
import { httpHostsOf, publishHostOf } from './http-host.ts'

function hosts(text: string): { bound: readonly string[]; published: string | null } {
  const settings = readSettings(text, {})
  return { bound: httpHostsOf(settings), published: publishHostOf(settings) }
}

test('where nothing is named nothing is said: Elasticsearch takes _local_', () => {
  expect(hosts('cluster.name: a\n')).toEqual({ bound: [], published: null })
})

test.each([
  ['http.host: 10.0.0.1\n', ['10.0.0.1'], '10.0.0.1'],
  ['network.host: 10.0.0.1\n', ['10.0.0.1'], '10.0.0.1'],
  ['http.host: 10.0.0.1\nnetwork.host: 10.0.0.2\n', ['10.0.0.1'], '10.0.0.1'],
  ['http.host: 10.0.0.1\nnetwork.bind_host: 10.0.0.2\nnetwork.publish_host: 10.0.0.3\n', ['10.0.0.1'], '10.0.0.1'],
  ['http.bind_host: 10.0.0.1\nhttp.host: 10.0.0.2\n', ['10.0.0.1'], '10.0.0.2'],
  ['http.publish_host: 10.0.0.1\nhttp.host: 10.0.0.2\n', ['10.0.0.2'], '10.0.0.1'],
  ['network.bind_host: 0.0.0.0\nnetwork.publish_host: 10.0.0.3\n', ['0.0.0.0'], '10.0.0.3'],
  ['network.bind_host: 0.0.0.0\nnetwork.host: 10.0.0.3\n', ['0.0.0.0'], '10.0.0.3'],
])('%j binds to %j and publishes %j', (text, bound, published) => {
  expect(hosts(text)).toEqual({ bound, published })
})

test('a bind host alone publishes nothing', () => {
  expect(hosts('http.bind_host: 10.0.0.1\n')).toEqual({ bound: ['10.0.0.1'], published: null })
  expect(hosts('network.bind_host: 10.0.0.1\n')).toEqual({ bound: ['10.0.0.1'], published: null })
})

test('lists are read as Elasticsearch reads them, and the first host is the one that is published', () => {
  expect(hosts('http.host: [_local_, 10.0.0.1]\n')).toEqual({ bound: ['_local_', '10.0.0.1'], published: '_local_' })
  expect(hosts('network.host: "_local_, 10.0.0.1"\n').bound).toEqual(['_local_', '10.0.0.1'])
  expect(hosts('http.host: []\nnetwork.host: 10.0.0.1\n').bound).toEqual(['10.0.0.1'])
})
