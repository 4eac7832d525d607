import { test as base, expect, type Page } from '@playwright/test'
import { axeViolations } from '../page/axe.ts'
import { isOfEndedHost, type RunningHost, startProduct } from './running-host.ts'

export { expect }

interface Fixtures {
  /** The built product, started for this test alone. */
  host: RunningHost
  /** A page on the printed address. Whatever it says on its console as an error, and every breach of its policy, fails the test. */
  wizard: Page
}

/** Tests of the built page against the real engine. Watches every page of the test's browser. */
export const test = base.extend<Fixtures & { watched: string[] }>({
  watched: [
    async ({ context }, use) => {
      const complaints: string[] = []
      await watch(context, complaints)
      await use(complaints)
      expect(complaints, 'errors on the console, uncaught errors and breaches of the policy').toEqual([])
    },
    { auto: true },
  ],
  host: async ({ watched: _ }, use) => {
    const host = await startProduct()
    await use(host)
    expect(await host.end(), host.printed()).toBe(0)
  },
  wizard: async ({ page, host }, use) => {
    await page.goto(host.address)
    await use(page)
  },
})

/** Notes errors, uncaught errors and breaches of the policy of every page of a browser. */
export async function watch(context: import('@playwright/test').BrowserContext, complaints: string[]): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`)
    })
  })
  context.on('console', (message) => {
    // A page that outlives its host complains of that, rightly.
    if (isOfEndedHost(`${message.text()} ${message.location().url}`)) return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`))
}


/** Fails where axe-core finds something that keeps a person out. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await axeViolations(page), 'what axe-core found').toEqual([])
}
