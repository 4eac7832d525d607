import { globSync } from 'node:fs'
import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { unitTests } from '../../vitest.config.ts'
import { inRoot } from '../root.mjs'

test('every file of tests is run by one of the runners of npm test, or by npm run test:platform or test:packed', () => {
  const runners = [
    unitTests, 'test/integration/**/*.test.ts', 'test/e2e/**/*.spec.ts', 'test/electron/**/*.spec.ts',
    'test/platform/{everywhere,windows,macos}/*.test.ts', 'test/packed/*.test.ts',
  ]
  const files = globSync('**/*.{test,spec}.{ts,tsx,mjs}', { cwd: inRoot(), exclude: (name) => ['node_modules', 'dist', 'test-results'].includes(name) })
  expect(files.length).toBeGreaterThan(50)
  expect(files.filter((file) => !runners.some((pattern) => matchesGlob(file.replaceAll('\\', '/'), pattern)))).toEqual([])
})
