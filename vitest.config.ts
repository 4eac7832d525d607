import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const cwd = fileURLToPath(new URL('.', import.meta.url))
/** The tests that need no server. */
export const unitTests = '{shared,engine,browser,cli,electron,renderer,build,test/bench,test/page,test/oracle}/**/*.test.{ts,tsx}'
/** Tests that replace a module need modules of their own. */
const replacing = globSync(unitTests, { cwd }).filter((file) => readFileSync(`${cwd}${file}`, 'utf8').includes('vi.mock('))

/** A busy machine is slow, not wrong. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000, expect: { poll: { timeout: 15_000 } } }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [unitTests],
          exclude: replacing,
          // One worker a core for all files instead of one a file: half the time. So no test may leave anything behind.
          isolate: false,
          unstubEnvs: true,
          unstubGlobals: true,
          restoreMocks: true,
          ...patience,
        },
      },
      { test: { name: 'replacing modules', include: replacing.length === 0 ? ['none'] : replacing, ...patience } },
    ],
  },
})
