// Draws the icons anew after a change of the drawings: node build/package/make-icons.ts (with Chromium). The results are committed.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium } from '@playwright/test'
import { inRoot } from '../root.mjs'
import { chromium as installedChromium } from '../testing/tools.ts'
import { icns, ico, type Picture } from './icon-files.ts'

export const drawings = ['icon.svg', 'icon-small.svg', 'icon-mac.svg'] as const
export const sizes = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512, 1024] as const
export const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const
export const icnsSizes = [16, 32, 64, 128, 256, 512, 1024] as const

export const inIcons = (name: string) => inRoot('build', 'package', 'icons', name)

/** A digest of the drawings: the results carry it, so that nobody forgets to draw them anew. */
export function digestOfDrawings(): string {
  const hash = createHash('sha256')
  for (const name of drawings) hash.update(readFileSync(inIcons(name), 'utf8').replaceAll('\r\n', '\n'))
  return hash.digest('hex')
}

async function makeIcons(): Promise<void> {
  const executablePath = installedChromium()
  if (executablePath === null) throw new Error('The icons are drawn by Chromium, which is not on this machine.')
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const pictures: Picture[] = []
    for (const size of sizes) pictures.push(await draw(browser, drawingFor(size), size))
    const forApple: Picture[] = []
    for (const size of icnsSizes) forApple.push(await draw(browser, size <= 32 ? 'icon-small.svg' : 'icon-mac.svg', size))
    for (const { size, png } of pictures) writeFileSync(inIcons(join('png', `${size}x${size}.png`)), png)
    writeFileSync(inIcons('icon.ico'), ico(pictures.filter(({ size }) => (icoSizes as readonly number[]).includes(size))))
    writeFileSync(inIcons('icon.icns'), icns(forApple))
    writeFileSync(inIcons('drawn-from.txt'), `${digestOfDrawings()}\n`)
  } finally {
    await browser.close()
  }
}

function drawingFor(size: number): string {
  return size <= 48 ? 'icon-small.svg' : 'icon.svg'
}

async function draw(browser: Browser, drawing: string, size: number): Promise<Picture> {
  const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: 1 })
  const source = Buffer.from(readFileSync(inIcons(drawing))).toString('base64')
  await page.setContent(`<body style="margin:0;background:transparent"><img style="display:block" width="${size}" height="${size}" src="data:image/svg+xml;base64,${source}">`)
  await page.evaluate('document.images[0].decode()')
  const png = await page.screenshot({ omitBackground: true })
  await page.close()
  return { size, png }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await makeIcons()
