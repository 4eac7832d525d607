import { defineConfig } from 'vitest/config'
import integration from '../vitest.config.ts'

// The page against a scripted engine: a part of its own, which waits on no node; most of its time it waits for the page to settle.
export default defineConfig({ ...integration, test: { ...integration.test, maxWorkers: 4, include: ['test/integration/page/**/*.test.ts'] } })
