import { expect, test } from 'vitest'
import { decodeEnrollmentToken, encodeEnrollmentToken } from './enrollment-token.ts'

// Made by bin/elasticsearch-create-enrollment-token -s node of 8.16.6; its key has long expired.
const stock =
  'eyJ2ZXIiOiI4LjE0LjAiLCJhZHIiOlsiMTkyLjAuMi4yOjE4MjAxIl0sImZnciI6IjVlODMyNzFhNTc4MDlmMjZhZTUwMzhiZDhmMzUzNzVmOWJiNjViZGI5M2FmNzg3MjYwMzExOTA3MzRmMmU2MDUiLCJrZXkiOiJQczJ4Q3FJQjZUMEJScl82QjY1LTpGZ1NKcDNaTlQ0bVZCbUVMTVdhVDNRIn0='

test('a stock token is read, and written again byte for byte', () => {
  const token = decodeEnrollmentToken(stock)
  expect(token).toMatchObject({ ver: '8.14.0', adr: ['192.0.2.2:18201'], key: 'Ps2xCqIB6T0BRr_6B65-:FgSJp3ZNT4mVBmELMWaT3Q' })
  expect(encodeEnrollmentToken(token)).toBe(stock)
})

test('a token pasted with line breaks and blanks is read all the same', () => {
  expect(decodeEnrollmentToken(`  ${stock.slice(0, 76)}\r\n ${stock.slice(76)}\n`)).toEqual(decodeEnrollmentToken(stock))
})

test('IPv6 addresses and several of them are kept in their order', () => {
  const token = { ver: '8.14.0', adr: ['10.0.0.4:9200', '[fd00::1]:9200', 'es.example:9200'], fgr: 'ab'.repeat(32), key: 'id:secret' }
  expect(decodeEnrollmentToken(encodeEnrollmentToken(token))).toEqual(token)
})

test.each([
  ['cut off', stock.slice(0, 100)],
  ['no base64', 'not a token!'],
  ['another JSON', btoa('{"ver":"8.14.0"}')],
  ['no addresses', btoa(JSON.stringify({ ver: '8.14.0', adr: [], fgr: 'ab'.repeat(32), key: 'a:b' }))],
  ['an address with a path', btoa(JSON.stringify({ ver: '8.14.0', adr: ['evil/x:1'], fgr: 'ab'.repeat(32), key: 'a:b' }))],
  ['empty', ''],
])('what is no token is refused: %s', (_, text) => {
  expect(() => decodeEnrollmentToken(text)).toThrow(expect.objectContaining({ code: 'token_unreadable' }))
})

test('a refusal never repeats the token, which holds a key', () => {
  const text = btoa(JSON.stringify({ ver: '8.14.0', adr: [], fgr: 'x', key: 'id:very-secret' }))
  expect(() => decodeEnrollmentToken(text)).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('very-secret'), detail: null, remedy: expect.not.stringContaining('very-secret') }),
  )
})

test.each([
  ['in quotes', `"${stock}"`],
  ['in the quotes of a word processor', `\u201c${stock}\u201d`],
  ['with a prompt before it', `$ ${stock}`],
  ['as a line for a shell', `export ENROLLMENT_TOKEN='${stock}'`],
  ['as a line for PowerShell', `$env:ENROLLMENT_TOKEN = "${stock}"`],
  ['as the option of the stock tool', `--enrollment-token ${stock}`],
  ['with a mark that cannot be seen', `\ufeff${stock}\u200b`],
  ['with marks of direction around it', `\u202a${stock}\u202c`],
  ['within isolates', `\u2068${stock}\u2069`],
  ['with marks that cannot be seen within', `${stock.slice(0, 9)}\u2063${stock.slice(9, 30)}\u200d\ufe0f${stock.slice(30)}`],
  ['without the padding', stock.replace(/=+$/, '')],
  ['in the letters for URLs', stock.replaceAll('+', '-').replaceAll('/', '_')],
  ['with a full stop after it', `${stock}.`],
])('what a paste leaves on a token is mended: %s', (_, text) => {
  expect(decodeEnrollmentToken(text)).toEqual(decodeEnrollmentToken(stock))
})

test.each([
  ['a prompt and the command before it', `root@es1:/opt/es# bin/elasticsearch-create-enrollment-token -s node\n${stock}\nroot@es1:/opt/es# `],
  ['a whole command line', `bin/elasticsearch --enrollment-token ${stock} -d`],
  ['a command line of Firstnode', `ENROLLMENT_TOKEN=${stock} firstnode join --home /opt/es --node-name beta`],
  ['the option of a container', `docker run -e ENROLLMENT_TOKEN=${stock} -p 9200:9200 elasticsearch:9.4.3`],
  ['a quoted mail', `> Here it is:\n> ${stock.slice(0, 70)}\n> ${stock.slice(70, 140)}\n> ${stock.slice(140)}\n> Regards`],
  ['a mail that was quoted twice', `>> ${stock.slice(0, 70)}\n>> ${stock.slice(70)}\n`],
  ['angle quotes', `\u2039${stock}\u203a`],
  ['angle brackets', `<${stock}>`],
  ['the JSON of Firstnode', JSON.stringify({ scope: 'node', token: stock, createdAt: 1, expiresAt: 2 }, null, 2)],
  ['the same token twice', `${stock}\n\nonce more: ${stock}`],
  ['a table of a terminal', `\u2502 ${stock.slice(0, 70)} \u2502\n\u2502 ${stock.slice(70)} \u2502\n`],
  ['a command line over several lines', `bin/elasticsearch --enrollment-token ${stock.slice(0, 70)}\\\n${stock.slice(70)} -d`],
  ['a JSON string with line ends', JSON.stringify({ mail: `Hello,\n${stock.slice(0, 70)}\n${stock.slice(70)}\nbye` })],
  ['a paste in brackets of the terminal', `\u001b[200~${stock}\u001b[201~`],
  ['words after it', `${stock.replace(/=+$/, '')} is the token`],
])('the one token in %s is taken', (_, text) => {
  expect(decodeEnrollmentToken(text)).toEqual(decodeEnrollmentToken(stock))
})

test('of two tokens none is taken', () => {
  const other = encodeEnrollmentToken({ ...decodeEnrollmentToken(stock), adr: ['10.0.0.9:9200'] })
  expect(() => decodeEnrollmentToken(`first ${stock} second ${other}`)).toThrow(expect.objectContaining({ code: 'token_unreadable', message: expect.stringContaining('more than one') }))
})

test('a long text without a token is refused at once', () => {
  expect(() => decodeEnrollmentToken('eyJ '.repeat(100_000))).toThrow(expect.objectContaining({ code: 'token_unreadable' }))
})

test('a token of a newer form is told from an unreadable one, whatever members it has', () => {
  const newer = btoa(JSON.stringify({ ver: '9.9.0', addresses: ['a:1'] }))
  expect(() => decodeEnrollmentToken(newer)).toThrow(expect.objectContaining({ code: 'token_newer', message: expect.stringContaining('9.9.0') }))
  expect(() => decodeEnrollmentToken(`firstnode join --token ${newer}`)).toThrow(expect.objectContaining({ code: 'token_newer' }))
})

test('a token of a server before 8.14 names that version, and is read', () => {
  const token = { ver: '8.7.1', adr: ['10.0.0.4:9200'], fgr: 'ab'.repeat(32), key: 'id:secret' }
  expect(decodeEnrollmentToken(encodeEnrollmentToken(token))).toEqual(token)
})
