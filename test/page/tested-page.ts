import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { ensureBuilt } from '../../build/build.mjs'
import { inRoot } from '../../build/root.mjs'
import { launchChromium, openContext } from './chromium-context.ts'
import type { Scenario } from './scripted-engine.ts'
import { type ServedPage, servePage } from './serve.ts'

// What a test has in its hands, new for each one. A file of tests that imports them sees the newest: they are live.
export let browser: Browser
export let context: BrowserContext
export let page: Page
export let served: ServedPage
/** what the browser has complained of */
export let complaints: string[]

/**
 * The tests of this file are about the built page in the real browser host; only the engine behind it is a double. `options` are asked for once a test: those of
 * the window, where it needs any.
 */
export function testTheBuiltPage({ options = () => ({}), ...playing }: { scenario: Scenario; pace: number; options?: () => BrowserContextOptions }): void {
  beforeAll(async () => {
    await ensureBuilt(['renderer'])
    browser = await launchChromium()
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    await serveAnew(playing)
    context = await openContext(browser, options())
    page = await context.newPage()
    complaints = complaintsOf(page)
  })
  afterEach(async () => {
    await context.close()
    await served.close()
  })
}

/** Begins a host in place of the one that was. */
export async function serveAnew(playing: { scenario: Scenario; pace: number; port?: number }): Promise<void> {
  served = await servePage({ ...playing, page: inRoot('dist', 'renderer') })
}

/** Errors and warnings of a page, from now on. */
export function complaintsOf(opened: Page): string[] {
  const heard: string[] = []
  opened.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text())
  })
  opened.on('pageerror', (error) => heard.push(error.message))
  return heard
}
