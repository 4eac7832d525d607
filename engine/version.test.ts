import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { firstnodeVersion } from './version.ts'

test('the version that is printed is the one of the package', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  expect((JSON.parse(text) as { version: string }).version).toBe(firstnodeVersion)
})
