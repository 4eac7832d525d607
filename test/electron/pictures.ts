import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inRoot } from '../../build/root.mjs'
import { smallestWindow } from '../../electron/window-place.ts'
import { type Desktop, expect } from './desktop.ts'

/** Those that README and the user guide show go into docs/images with FIRSTNODE_PICTURES=docs. */
const inDocuments = new Set([
  'desktop-find-first-light.png',
  'desktop-start-smallest-dark.png',
  'window-credentials-light.png',
  'window-credentials-dark.png',
])
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
      await untilStill(page)
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

/**
 * Takes pictures of the whole window, with the title bar that the system draws and with the menu, light and dark: of the screen, where
 * it is in front.
 */
export async function pictureOfWindow({ app, page }: Pick<Desktop, 'app' | 'page'>, step: string): Promise<void> {
  const frame = process.platform === 'linux' ? await frameOf(app) : { left: 0, right: 0, top: 0, bottom: 0 }
  for (const scheme of schemes) {
    await app.evaluate(({ BrowserWindow, nativeTheme }, scheme) => {
      nativeTheme.themeSource = scheme
      BrowserWindow.getAllWindows()[0]?.focus()
    }, scheme)
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
    await untilStill(page)
    const file = `window-${step}-${scheme}.png`
    const png = await app.evaluate(async ({ BrowserWindow, desktopCapturer, screen }, frame) => {
      const bounds = BrowserWindow.getAllWindows()[0]?.getBounds()
      const [source] = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: screen.getPrimaryDisplay().size })
      if (bounds === undefined || source === undefined) return ''
      const [x, y] = [bounds.x - frame.left, bounds.y - frame.top]
      const size = { width: bounds.width + frame.left + frame.right, height: bounds.height + frame.top + frame.bottom }
      return source.thumbnail.crop({ x, y, ...size }).toPNG().toString('base64')
    }, frame)
    await mkdir(folderOf(file), { recursive: true })
    await writeFile(join(folderOf(file), file), Buffer.from(png, 'base64'))
  }
  await app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'system'))
}

async function untilStill(page: Desktop['page']): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  )
  // What was painted last is on the screen after two frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

/** How far the frame that the window manager draws reaches beyond the window, in pixels (_NET_FRAME_EXTENTS of EWMH). */
async function frameOf(app: Desktop['app']): Promise<Record<'left' | 'right' | 'top' | 'bottom', number>> {
  const id = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNativeWindowHandle().readUInt32LE())
  const { stdout } = await promisify(execFile)('xprop', ['-id', String(id), '_NET_FRAME_EXTENTS'])
  const [left = 0, right = 0, top = 0, bottom = 0] = (/= (.+)/.exec(stdout)?.[1] ?? '').split(',').map(Number)
  return { left, right, top, bottom }
}

function folderOf(file: string): string {
  return process.env.FIRSTNODE_PICTURES === 'docs' && inDocuments.has(file) ? inRoot('docs', 'images') : inRoot('test-results', 'pictures')
}
