import * as zlib from 'node:zlib'

export interface ZipMember {
  readonly name: string
  readonly content?: string
  /** file type and permission bits as on Unix; 0 is a zip made on Windows */
  readonly unixMode?: number
  readonly wrongCrc?: boolean
  /** the size it says it has, where that is a lie */
  readonly claims?: number
  /** compressed (8) where it is not stored (0) */
  readonly deflated?: boolean
}

/** A zip written by hand (PKWARE APPNOTE 4.3), so that it can hold what no zip tool would write. */
export function zipOf(members: readonly ZipMember[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content = '', unixMode = 0, wrongCrc = false, claims, deflated = false } of members) {
    const [fileName, plain] = [Buffer.from(name), Buffer.from(content)]
    const data = deflated ? zlib.deflateRawSync(plain) : plain
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(deflated ? 8 : 0, 4)
    common.writeUInt32LE((zlib.crc32(plain) ^ (wrongCrc ? 1 : 0)) >>> 0, 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(claims ?? plain.length, 18)
    common.writeUInt16LE(fileName.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, fileName, data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(unixMode * 0x1_0000, 6)
    tail.writeUInt32LE(offset, 10)
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, unixMode === 0 ? 0 : 3]), common, tail, fileName]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(members.length, 4)
  end.writeUInt16LE(members.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end])
}
