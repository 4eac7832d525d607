import { type Browser, type BrowserContext, chromium } from '@playwright/test'
import { headlessChromium } from '../../build/testing/tools.ts'

/** The Chromium of this machine, without a window. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = headlessChromium()
  if (executablePath === null) throw new Error('Chromium is missing: node build/install-test-tools.mjs')
  // Chromium has no sandbox for root, and little shared memory in a container.
  return chromium.launch({ executablePath, args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'] })
}

/** A window of a person who wants no motion, which nobody waits for then: of its own storage, with the clipboard allowed. */
export async function openContext(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 }, reducedMotion: 'reduce', ...options })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return context
}
