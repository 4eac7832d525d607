import { chromium as playwright, type Browser } from '@playwright/test'
import { chromium } from '../../build/testing/tools.ts'
import { mustEnd } from './leftovers.ts'

export interface OpenBrowser {
  readonly browser: Browser
  readonly close: () => Promise<void>
}

/** Chromium without a window. Throws where there is none. */
export async function openBrowser(): Promise<OpenBrowser> {
  const executablePath = chromium()
  if (executablePath === null) throw new Error('Chromium is missing: node build/install-test-tools.mjs')
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage']
  const browser = await playwright.launch({ executablePath, args })
  return { browser, close: mustEnd(() => browser.close()) }
}

export interface Painted {
  /** from the navigation until the frame after the primary button could be pressed, by the page's own clock */
  readonly ms: number
  /** JavaScript that was loaded until then, as it came over the wire */
  readonly scriptBytes: number
}

/** Opens the wizard in a browser context of its own, with nothing cached, until its first step can be used. */
export async function paintWizard(browser: Browser, address: string): Promise<Painted> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(() => {
      const look = (): void => {
        const button = document.querySelector<HTMLButtonElement>('.page-foot button.primary')
        const usable = button !== null && !button.disabled && document.querySelector('h1')?.textContent === 'Which Elasticsearch?'
        if (usable) requestAnimationFrame(() => performance.mark('usable'))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    await page.goto(address)
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0, undefined, { timeout: 30_000 })
    return await page.evaluate(() => {
      const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      return { ms: performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN, scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) }
    })
  } finally {
    await context.close()
  }
}
