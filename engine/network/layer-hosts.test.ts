import { expect, test } from 'vitest'
import { readSettings } from '../preflight/settings.ts'
import { bindHostsOf, publishHostsOf } from './layer-hosts.ts'

test.each([
  ['cluster.name: a\n', []],
  ['http.host: 10.0.0.1\n', ['10.0.0.1']],
  ['network.host: 10.0.0.1\n', ['10.0.0.1']],
  ['http.host: 10.0.0.1\nnetwork.host: 10.0.0.2\n', ['10.0.0.1']],
  ['http.host: 10.0.0.1\nnetwork.bind_host: 10.0.0.2\n', ['10.0.0.1']],
  ['http.bind_host: 10.0.0.1\nhttp.host: 10.0.0.2\n', ['10.0.0.1']],
  ['http.publish_host: 10.0.0.1\nhttp.host: 10.0.0.2\n', ['10.0.0.2']],
  ['network.bind_host: 0.0.0.0\nnetwork.host: 10.0.0.3\n', ['0.0.0.0']],
  ['http.host: [_local_, 10.0.0.1]\n', ['_local_', '10.0.0.1']],
  ['network.host: "_local_, 10.0.0.1"\n', ['_local_', '10.0.0.1']],
  ['http.host: []\nnetwork.host: 10.0.0.1\n', ['10.0.0.1']],
  ['http.host: [""]\nnetwork.host: 10.0.0.1\n', ['127.0.0.1']],
  ['http.host: ""\nnetwork.host: 10.0.0.1\n', ['10.0.0.1']],
  ['http.host: ","\nnetwork.host: 10.0.0.1\n', ['10.0.0.1']],
])('with %j HTTP binds to %j', (text, bound) => {
  expect(bindHostsOf(readSettings(text, {}), 'http')).toEqual(bound)
})

test('what is said of one layer is not said of the other', () => {
  const settings = readSettings('http.host: 10.0.0.1\ntransport.bind_host: 10.0.0.2\n', {})
  expect([bindHostsOf(settings, 'http'), bindHostsOf(settings, 'transport')]).toEqual([['10.0.0.1'], ['10.0.0.2']])
})

test.each([
  ['transport.profiles.default.bind_host: 10.0.0.1\ntransport.bind_host: 10.0.0.2\n', ['10.0.0.1'], []],
  ['transport.profiles.default.publish_host: 10.0.0.1\ntransport.publish_host: 10.0.0.2\n', [], ['10.0.0.1']],
  ['transport.publish_host: 10.0.0.1\nnetwork.host: 10.0.0.2\n', ['10.0.0.2'], ['10.0.0.1']],
  ['network.publish_host: 10.0.0.1\n', [], ['10.0.0.1']],
  ['network.publish_host: 10.0.0.1\ntransport.host: 10.0.0.2\n', ['10.0.0.2'], ['10.0.0.2']],
  ['network.bind_host: 10.0.0.1\n', ['10.0.0.1'], []],
  ['http.publish_host: 10.0.0.1\ntransport.profiles.other.bind_host: 10.0.0.2\n', [], []],
])('with %j transport binds to %j and publishes %j', (text, bound, published) => {
  const settings = readSettings(text, {})
  expect([bindHostsOf(settings, 'transport'), publishHostsOf(settings, 'transport')]).toEqual([bound, published])
})
