import { expect, test } from 'vitest'
import { mendToken } from '../shared/enrollment-token.ts'
import { growth, linearGrowth } from '../test/support/growth.ts'
import { baseAddress } from './download/addresses.ts'
import { matchesHost } from './download/system-exceptions.ts'
import { envText } from './handout/env-text.ts'
import { withoutSecrets } from './host/without-secrets.ts'
import { readKibanaSettings } from './kibana/kibana-settings.ts'
import { eventOfText } from './node/log-event.ts'
import { diffLines, patchLines } from './plan/line-diff.ts'
import { maskSecret } from './plan/mask-secret.ts'
import { readSettings } from './preflight/settings.ts'
import { substituteEnvironment, variableNames } from './preflight/placeholders.ts'

const quietly = (work: () => unknown): void => {
  try {
    work()
  } catch {
    // A text that is refused is refused in time as well.
  }
}

/** Texts that people paste or that files hold, of a length that nobody bounds; `size` is some thousand characters. */
const texts: readonly (readonly [string, (size: number) => void])[] = [
  ['placeholders that never end', (size) => void substituteEnvironment('${'.repeat(size * 10), { a: 'b' })],
  ['placeholders that never end, with a brace lines below', (size) => void substituteEnvironment('${\n'.repeat(size * 10) + '}', { a: 'b' })],
  ['names of variables', (size) => void variableNames('${A}'.repeat(size * 10))],
  ['placeholders within a value', (size) => quietly(() => readSettings(`a: "${'${'.repeat(size)}"\n`, {}))],
  ['references to another setting', (size) => quietly(() => readSettings(`a: "${'${b}'.repeat(size)}"\nb: c\n`, {}))],
  ['a token of semicolons', (size) => void mendToken(`${';'.repeat(size * 10)}x`)],
  ['a token of dollars and options', (size) => void mendToken('$'.repeat(size * 5) + '--enrollment-token'.repeat(size))],
  ['a mirror of slashes', (size) => quietly(() => baseAddress(`https://a/${'/'.repeat(size * 5)}x`))],
  ['an exception of stars', (size) => void matchesHost(new URL(`http://${'a'.repeat(60)}.b`), `${'a*'.repeat(size)}c`)],
  ['an exception of colons', (size) => void matchesHost(new URL('http://a.b'), `${'::'.repeat(size)}/x`)],
  ['a .env of open quotes', (size) => quietly(() => envText(`A="${'\\"\nA="'.repeat(size)}`, { A: 'b' }))],
  ['a kibana.yml of blank lines', (size) => quietly(() => readKibanaSettings(`${'\n'.repeat(size * 5)}a: b`, 'kibana.yml'))],
  ['a setting of blanks', (size) => void maskSecret(`${' '.repeat(size * 10)}x`)],
  ['a name made of secret words', (size) => void maskSecret('password'.repeat(size * 2))],
  ['braces of secret words', (size) => void maskSecret(`{ ${'password'.repeat(size * 2)}`)],
  ['a log of long words', (size) => void withoutSecrets('a-'.repeat(size))],
  ['a log of values', (size) => void withoutSecrets('value a '.repeat(size / 4))],
  ['a log of open brackets', (size) => void withoutSecrets('password:['.repeat(size / 4))],
  ['a log of addresses', (size) => void withoutSecrets('http://a'.repeat(size / 2))],
  ['a line of the log that is none', (size) => void eventOfText(`[2026-11-30T20:00:00,000][INFO ][${'a]'.repeat(size * 5)}`)],
]

test.each(texts)('%s take time in proportion to their length', (_, run) => {
  expect(growth(run, 4000)).toBeLessThan(linearGrowth)
})

test('a text of a million lines is put together again', () => {
  const lines = Array.from({ length: 1_000_000 }, () => '')
  const now = ['first', ...lines, 'last']
  expect(patchLines(lines, diffLines(lines, now))).toHaveLength(now.length)
})
