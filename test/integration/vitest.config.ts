import { defineConfig } from 'vitest/config'

const long = process.env.FIRSTNODE_LONG !== undefined

export default defineConfig({
  test: {
    include: ['test/integration/**/*.test.ts'],
    // Files for `npm run test:long` alone.
    exclude: long ? [] : ['**/*.long.test.ts'],
    environment: 'node',
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 30_000 } },
    // Two nodes at once are what a small machine carries.
    maxWorkers: 2,
  },
})
