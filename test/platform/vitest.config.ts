import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What is proven on each system: what runs everywhere, and what only that system can show. */
const folders: Partial<Record<NodeJS.Platform, readonly string[]>> = { linux: ['everywhere'], win32: ['everywhere', 'windows'], darwin: ['everywhere', 'macos'] }

const cwd = fileURLToPath(new URL('../..', import.meta.url))
const include = (folders[process.platform] ?? []).map((folder) => `test/platform/${folder}/*.test.ts`)
// Nothing to run is a failure, for each of the folders.
for (const pattern of include) if (globSync(pattern, { cwd }).length === 0) throw new Error(`No test lies in ${pattern}.`)
if (include.length === 0) throw new Error(`There are no tests for ${process.platform}.`)

// Machines of GitHub name their JDKs so; JAVA_HOME is one too old for Elasticsearch 9 there.
const { JAVA_HOME_21_X64, JAVA_HOME_21_arm64 } = process.env
const java = JAVA_HOME_21_X64 ?? JAVA_HOME_21_arm64

export default defineConfig({
  test: {
    include,
    testTimeout: 120_000,
    hookTimeout: 1_800_000,
    maxWorkers: 1,
    passWithNoTests: false,
    ...(java === undefined ? {} : { env: { JAVA_HOME: java } }),
  },
})
