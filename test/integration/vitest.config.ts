import { defineConfig } from 'vitest/config'

const long = process.env.FIRSTNODE_LONG !== undefined

export default defineConfig({
  test: {
    include: ['test/integration/**/*.test.ts'],
    // Files for `npm run test:long` alone.
    exclude: long ? [] : ['**/*.long.test.ts'],
    environment: 'node',
    // Only what hangs meets these: on a machine that is busy eight joins in a row took longer than ten minutes.
    testTimeout: long ? 3_600_000 : 1_200_000,
    hookTimeout: long ? 3_600_000 : 1_200_000,
    expect: { poll: { timeout: 30_000 } },
    // Two nodes at once are what a small machine carries.
    maxWorkers: 2,
  },
})
