import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{shared,engine,browser,cli,renderer,build}/**/*.test.{ts,tsx}'],
    environment: 'node',
  },
})
