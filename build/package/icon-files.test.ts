import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { icns, ico, readIcns, readIco, sizeOfPng } from './icon-files.ts'
import { digestOfDrawings, icnsSizes, icoSizes, inIcons, sizes } from './make-icons.ts'

const square = (size: number) => ({ width: size, height: size })
const pngOf = (size: number) => readFileSync(inIcons(join('png', `${size}x${size}.png`)))

test('the icons were drawn from the drawings as they are now', () => {
  expect(readFileSync(inIcons('drawn-from.txt'), 'utf8').trim()).toBe(digestOfDrawings())
})

test('there is a picture of every size, as large as its name says, and no other', () => {
  expect(readdirSync(inIcons('png')).sort()).toEqual(sizes.map((size) => `${size}x${size}.png`).sort())
  for (const size of sizes) expect(sizeOfPng(pngOf(size))).toEqual(square(size))
})

test('the Windows icon holds the same pictures', () => {
  const pictures = readIco(readFileSync(inIcons('icon.ico')))
  expect(pictures.map(({ size }) => size)).toEqual([...icoSizes])
  for (const { size, png } of pictures) expect(png.equals(pngOf(size))).toBe(true)
})

test('the Apple icon holds every size by Apple\'s names, doubled ones among them', () => {
  const blocks = readIcns(readFileSync(inIcons('icon.icns')))
  const widths = [...blocks].map(([name, png]) => [name, sizeOfPng(png).width])
  expect(Object.fromEntries(widths)).toEqual({ icp4: 16, icp5: 32, ic11: 32, icp6: 64, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 })
  expect([...new Set(widths.map(([, width]) => width))]).toEqual([...icnsSizes])
})

test('what is written is read back, and what is no icon is refused', () => {
  const pictures = [16, 256].map((size) => ({ size, png: pngOf(size) }))
  expect(readIco(ico(pictures)).map(({ size }) => size)).toEqual([16, 256])
  expect([...readIcns(icns(pictures)).keys()]).toEqual(['icp4', 'ic08', 'ic13'])
  expect(() => icns([{ size: 48, png: pngOf(48) }])).toThrow('48 pixels')
  expect(() => readIco(pngOf(16))).toThrow('no Windows icon')
  expect(() => readIcns(pngOf(16))).toThrow('no Apple icon')
  expect(() => sizeOfPng(Buffer.alloc(64))).toThrow('no PNG')
})
