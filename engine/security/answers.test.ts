import { expect, test } from 'vitest'
import { certificateName, checkAnswers } from './answers.ts'
import { codeOf } from './testing/code-of.ts'

test.each(['node-1', 'a node', 'a"b', "it's", '$HOME', 'a & b', 'nöde ☃', '👩‍💻', '{x}', '#1', 'yes', '1e3', 'x'.repeat(255)])('a node and a cluster may be called %j', async (name) => {
  expect(await codeOf(() => checkAnswers({ nodeName: name, clusterName: name.slice(0, 60) }))).toBe('none')
})

test.each(['', ' ', ' a', 'a ', 'x'.repeat(300), 'a\nb', 'a\0b', 'a\tb', 'a\u0085b', 'a\u2028b', '\ud800', 'a${HOSTNAME}'])('a node cannot be called %j', async (name) => {
  expect(await codeOf(() => checkAnswers({ nodeName: name }))).toBe('bad_node_name')
  expect(await codeOf(() => checkAnswers({ clusterName: name }))).toBe('bad_cluster_name')
})

test('a cluster name becomes part of file names', async () => {
  for (const name of ['a:b', 'a/b', 'a\\b', 'x'.repeat(181), '☃'.repeat(61)]) expect([name, await codeOf(() => checkAnswers({ clusterName: name }))]).toEqual([name, 'bad_cluster_name'])
})

test('names for the certificate are host names or addresses, in ASCII', async () => {
  const table = { 'es.example.org': 'es.example.org', ' es1 ': 'es1', 'ES.Example.org': 'es.example.org', 'münchen.example': 'xn--mnchen-3ya.example', '*.example.org': '*.example.org', '192.0.2.1': '192.0.2.1', '::1': '::1', my_host: 'my_host' }
  for (const [given, stands] of Object.entries(table)) expect(certificateName(given)).toBe(stands)
  for (const bad of ['', 'a b', 'a..b', '-a', 'a-', 'https://es', 'es:9200', '*', '*.', 'a/b', '1.2.3', '12', `${'a'.repeat(64)}.org`, 'a\nb', '[::1]']) {
    expect([bad, await codeOf(() => checkAnswers({ san: ['ok', bad] }))]).toEqual([bad, 'bad_san'])
  }
})

test('an address to listen on is an address, a name, or one of the special ones', async () => {
  for (const good of ['0.0.0.0', '127.0.0.1', '::1', '[::1]', '_local_', '_site_', '_eth0:ipv4_', 'es.example.org', '_local_, 192.0.2.1']) expect([good, await codeOf(() => checkAnswers({ httpHost: good }))]).toEqual([good, 'none'])
  for (const bad of ['', ' ', 'a b', '127.0.0.1,', 'http://a', 'a:1']) expect([bad, await codeOf(() => checkAnswers({ httpHost: bad }))]).toEqual([bad, 'bad_http_host'])
})

test('a password of one’s own has 6 characters, and none that cannot be seen', async () => {
  for (const good of ['123456', 'a:b c"d\'', 'ünïcödé', 'x'.repeat(200)]) expect(await codeOf(() => checkAnswers({ elasticPassword: good }))).toBe('none')
  for (const bad of ['', '12345', 'secret\n', 'sec\0ret']) expect([bad, await codeOf(() => checkAnswers({ elasticPassword: bad }))]).toEqual([bad, 'bad_password'])
})

test('a refusal of a password does not repeat it', () => {
  expect(() => checkAnswers({ elasticPassword: 'hu\nnter2' })).toThrow(/^(?!.*hu).*$/s)
})
