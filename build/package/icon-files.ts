import { crc32 } from 'node:zlib'

/** A square picture as a PNG file. */
export interface Picture {
  /** its sides, in pixels */
  readonly size: number
  readonly png: Buffer
}

/** A Windows icon of PNG pictures (each at most 256 pixels), which Windows reads since Vista. */
export function ico(pictures: readonly Picture[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index
    // One byte a side: 256 is written as 0.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** Apple's names for the sizes, those for doubled screens among them: 32 pixels are a 32 and a doubled 16. */
const icnsNames: ReadonlyMap<number, readonly string[]> = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['icp6', 'ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
])

/** An Apple icon of PNG pictures; sizes that Apple has no name for are a mistake of the caller. */
export function icns(pictures: readonly Picture[]): Buffer {
  const entries = pictures.flatMap(({ size, png }) => {
    const names = icnsNames.get(size)
    if (names === undefined) throw new Error(`An .icns has no picture of ${size} pixels.`)
    return names.map((name) => block(name, png))
  })
  return block('icns', Buffer.concat(entries))
}

/** The pictures in a Windows icon, by what its directory says. */
export function readIco(file: Buffer): Picture[] {
  if (file.readUInt32LE(0) !== 0x10000) throw new Error('This is no Windows icon.')
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index
    const offset = file.readUInt32LE(at + 12)
    return { size: file.readUInt8(at) || 256, png: file.subarray(offset, offset + file.readUInt32LE(at + 8)) }
  })
}

/** Name → content of the blocks in an Apple icon. */
export function readIcns(file: Buffer): Map<string, Buffer> {
  if (file.toString('latin1', 0, 4) !== 'icns' || file.readUInt32BE(4) !== file.length) throw new Error('This is no Apple icon.')
  const blocks = new Map<string, Buffer>()
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    blocks.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + file.readUInt32BE(at + 4)))
  }
  return blocks
}

/** The sides of a PNG in pixels, by its first block, which must be whole. */
export function sizeOfPng(png: Buffer): { readonly width: number; readonly height: number } {
  const whole = png.toString('latin1', 1, 4) === 'PNG' && crc32(png.subarray(12, 29)) === png.readUInt32BE(29)
  if (!whole) throw new Error('This is no PNG.')
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
}

function block(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32BE(head.length + content.length, 4)
  return Buffer.concat([head, content])
}
