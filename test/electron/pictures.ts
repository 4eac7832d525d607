import { join } from 'node:path'
import { inRoot } from '../../build/root.mjs'
import { smallestWindow } from '../../electron/window-place.ts'
import { type Desktop, expect } from './desktop.ts'

/** Those that the user guide shows go into docs/images with FIRSTNODE_PICTURES=docs. */
const inGuide = new Set(['desktop-find-first-light.png', 'desktop-start-smallest-dark.png'])
const sizes = ['first', 'smallest'] as const
const schemes = ['light', 'dark'] as const

/**
 * Takes pictures of the window, as large as it first opens and as small as it gets, light and dark, into test-results/pictures; and expects that at neither
 * size anything reaches beyond its sides. Afterwards it is as it was.
 */
export async function picture({ app, page }: Pick<Desktop, 'app' | 'page'>, step: string): Promise<void> {
  const before = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  if (before === undefined) throw new Error('There is no window to take a picture of.')
  for (const size of sizes) {
    await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), size === 'first' ? before : { ...before, ...smallestWindow })
    for (const scheme of schemes) {
      await app.evaluate(({ nativeTheme }, scheme) => void (nativeTheme.themeSource = scheme), scheme)
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
      await page.waitForFunction(() => document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity))
      const file = `desktop-${step}-${size}-${scheme}.png`
      await page.screenshot({ path: join(folderOf(file), file) })
    }
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(beyond, `${step}: pixels beyond the side of the window (${size} size)`).toBe(0)
  }
  await app.evaluate(({ BrowserWindow, nativeTheme }, bounds) => {
    nativeTheme.themeSource = 'system'
    BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
  }, before)
}

function folderOf(file: string): string {
  return process.env.FIRSTNODE_PICTURES === 'docs' && inGuide.has(file) ? inRoot('docs', 'images') : inRoot('test-results', 'pictures')
}
