import { defineConfig } from '@playwright/test'
import { inRoot } from '../../build/root.mjs'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Every line of the report says what it ran on.
  projects: [{ name: `Electron ${process.env.FIRSTNODE_ELECTRON ?? 'of unknown version'}` }],
  outputDir: inRoot('test-results', 'electron'),
  // Real nodes of Elasticsearch stand behind the windows: one after the other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Most of it is the start of a node: seconds on a machine of its own, minutes on a busy one.
  timeout: 400_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: process.env.FIRSTNODE_TEST_REPORT ?? inRoot('test-results', 'electron.json') }]],
})
