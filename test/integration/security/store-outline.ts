import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { readAll, readDer, readInteger, readOid, tags, type DerValue } from '../../../engine/security/der.ts'

/**
 * The layout of a PKCS#12 store as lines, its encrypted parts opened: tags, object identifiers, numbers and texts as they are, random
 * bytes by their length alone. Members of sets are sorted. Reads by itself, so that it does not believe what it checks.
 */
export function storeOutline(store: Uint8Array, password: string): string[] {
  const [version, authSafe, mac] = within(readDer(store))
  const safe = readDer(wrapped(authSafe))
  return [
    ...outline(version),
    ...within(safe).flatMap((part) => ['part', ...indent(partOutline(part, password))]),
    'mac',
    ...indent(outline(mac)),
  ]
}

function partOutline(part: DerValue, password: string): string[] {
  const [id, content] = within(part)
  if (readOid(id) === '1.2.840.113549.1.7.1') return outline(readDer(wrapped(part)))
  const [version, info] = within(readAll(content?.content ?? Buffer.alloc(0))[0])
  const [inner, algorithm, sealed] = within(info)
  return [...outline(version), ...outline(inner), ...outline(algorithm), ...outline(readDer(open(algorithm, sealed?.content ?? Buffer.alloc(0), password)))]
}

function open(algorithm: DerValue | undefined, sealed: Buffer, password: string): Buffer {
  const [derivation, scheme] = within(within(algorithm)[1])
  const [salt, rounds] = within(within(derivation)[1])
  const key = pbkdf2Sync(password, salt?.content ?? '', readInteger(rounds), 32, 'sha256')
  const decipher = createDecipheriv('aes-256-cbc', key, within(scheme)[1]?.content ?? '')
  return Buffer.concat([decipher.update(sealed), decipher.final()])
}

function outline(value: DerValue | undefined): string[] {
  if (value === undefined) return ['nothing']
  const { tag, content } = value
  if (tag === tags.oid) return [readOid(value)]
  if (tag === tags.integer) return [`number ${content.length <= 4 ? readInteger(value) : 'large'}`]
  if (tag === tags.bmp) return [`text ${Buffer.from(content).swap16().toString('utf16le')}`]
  if (tag === tags.octets) return [`bytes ${/^Time \d+$/.test(content.toString('latin1')) ? 'Time …' : content.length > 64 ? 'many' : content.length}`]
  if ((tag & 0x20) === 0) return [`tag ${tag.toString(16)}`]
  const members = readAll(content).map(outline)
  if (tag === tags.set) members.sort((one, other) => (one.join() < other.join() ? -1 : 1))
  return [`tag ${tag.toString(16)}`, ...indent(members.flat())]
}

const within = (value: DerValue | undefined): DerValue[] => readAll(value?.content ?? Buffer.alloc(0))
const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)

/** What the OCTET STRING of a `data` content holds. */
function wrapped(info: DerValue | undefined): Buffer {
  return readDer(within(info)[1]?.content ?? Buffer.alloc(0)).content
}
