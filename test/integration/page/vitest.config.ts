import { defineConfig } from 'vitest/config'
import integration from '../vitest.config.ts'

// The page against a scripted engine: a part of its own, which waits on no node.
export default defineConfig({ ...integration, test: { ...integration.test, include: ['test/integration/page/**/*.test.ts'] } })
