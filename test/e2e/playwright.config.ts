import { defineConfig } from '@playwright/test'
import { headlessChromium } from '../../build/testing/tools.ts'
import { inRoot } from '../../build/root.mjs'

const executablePath = headlessChromium()
if (executablePath === null) throw new Error('Chromium is missing: node build/install-test-tools.mjs')

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: inRoot('test-results', 'e2e'),
  // Real nodes of Elasticsearch stand behind the pages: one after the other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Most of it is the start of a node: seconds on a machine of its own, minutes on a busy one.
  timeout: 900_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env.FIRSTNODE_TEST_REPORT ?? inRoot('test-results', 'e2e.json') }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    // What is not there within a minute does not come: no press waits for a node.
    actionTimeout: 60_000,
    // A trace of every step costs half as much again as the steps.
    trace: process.env.FIRSTNODE_TRACE === undefined ? 'off' : 'on',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      // Chromium has no sandbox for root, and little shared memory in a container.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'],
    },
  },
})
