import { expect, test } from 'vitest'
import { editsOf, withEdits } from './text-edits.ts'

const before = '# mine\nserver.port: 5602\n'
const after = `${before}\nelasticsearch.serviceAccountToken: AAEAAWVs\nlast: 1\n`

test('of a line that holds a secret only its hash is kept', () => {
  const edits = editsOf(Buffer.from(before), Buffer.from(after))
  expect(JSON.stringify(edits)).not.toContain('AAEAAWVs')
  expect(JSON.stringify(edits)).toContain('last: 1')
})

test('the text is made again from what stands there, whatever ends its lines', () => {
  const edits = editsOf(Buffer.from(before), Buffer.from(after)) ?? []
  expect(withEdits(before, edits, `${after}added: 1\n`)).toBe(after)
  expect(withEdits(before, edits, after.replaceAll('\n', '\r\n'))).toBe(after)
})

test('a secret line that somebody changed is like no other line', () => {
  const edits = editsOf(Buffer.from(before), Buffer.from(after)) ?? []
  const made = withEdits(before, edits, after.replace('AAEAAWVs', 'other'))
  expect(made).not.toContain('serviceAccountToken')
  expect(made.split('\n')).toHaveLength(after.split('\n').length)
})
