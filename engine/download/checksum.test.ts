import { expect, test } from 'vitest'
import { readChecksum } from './checksum.ts'

const digest = 'AB'.repeat(64)

test('the digest of the named file is read, with its name behind it or alone', () => {
  const texts = [`${digest}  es.tar.gz`, `${digest} *es.tar.gz\r\n`, `${digest}\n`, `\uFEFF${digest}  ./es.tar.gz\n`, `${'cd'.repeat(64)}  kibana.tar.gz\n${digest}  es.tar.gz\n`]
  expect(texts.map((text) => readChecksum(text, 'es.tar.gz'))).toEqual(texts.map(() => digest.toLowerCase()))
})

test('a digest of another file, of another length, or of nothing is none', () => {
  expect([`${digest}  other.tar.gz`, 'ab'.repeat(32), `${digest}ab  es.tar.gz`, '<html>', ''].map((text) => readChecksum(text, 'es.tar.gz'))).toEqual([null, null, null, null, null])
})
