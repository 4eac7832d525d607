/**
 * How values cross between the page and the main process: as text, with what structured cloning keeps (maps, dates, bytes, cycles).
 * The function is also sent into pages as source, so it uses nothing from outside of itself.
 */
export function wireCodec() {
  type Flat = string | number | boolean | null | { readonly t: string; readonly v?: unknown } | { readonly r: number }
  interface Entry { t: string; v: unknown }
  const views = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView }

  function toText(bytes: Uint8Array): string {
    let binary = ''
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
    return btoa(binary)
  }
  function toBytes(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text), (char) => char.codePointAt(0) ?? 0)
  }

  /** Throws DataCloneError for what cannot be cloned, as the real one does. */
  function encode(value: unknown): string {
    const heap: Entry[] = []
    const seen = new Map<object, number>()
    const put = (one: unknown): Flat => {
      if (one === null || typeof one === 'string' || typeof one === 'boolean') return one
      if (one === undefined) return { t: 'undefined' }
      if (typeof one === 'number') return Number.isFinite(one) && !Object.is(one, -0) ? one : { t: 'number', v: Object.is(one, -0) ? '-0' : String(one) }
      if (typeof one === 'bigint') return { t: 'bigint', v: String(one) }
      if (typeof one !== 'object') throw new DOMException(`A ${typeof one} could not be cloned.`, 'DataCloneError')
      const known = seen.get(one)
      if (known !== undefined) return { r: known }
      const entry: Entry = { t: '', v: null }
      seen.set(one, heap.push(entry) - 1)
      fill(entry, one)
      return { r: heap.indexOf(entry) }
    }
    const pairs = (list: Iterable<readonly [unknown, unknown]>) => [...list].map(([key, held]) => [put(key), put(held)])
    const fill = (entry: Entry, one: object): void => {
      if (Array.isArray(one)) return set(entry, 'array', one.map(put))
      if (one instanceof Date) return set(entry, 'date', Number.isNaN(one.getTime()) ? null : one.getTime())
      if (one instanceof RegExp) return set(entry, 'regexp', [one.source, one.flags])
      if (one instanceof Map) return set(entry, 'map', pairs(one))
      if (one instanceof Set) return set(entry, 'set', [...one].map(put))
      if (one instanceof Error) return set(entry, 'error', [one.name, one.message, one.stack ?? ''])
      if (one instanceof ArrayBuffer) return set(entry, 'buffer', toText(new Uint8Array(one)))
      if (ArrayBuffer.isView(one)) return set(entry, 'view', [Object.prototype.toString.call(one).slice(8, -1), toText(new Uint8Array(one.buffer, one.byteOffset, one.byteLength))])
      if (Object.prototype.toString.call(one) !== '[object Object]') throw new DOMException(`${Object.prototype.toString.call(one)} could not be cloned.`, 'DataCloneError')
      set(entry, 'object', pairs(Object.entries(one)))
    }
    const set = (entry: Entry, t: string, v: unknown): void => void Object.assign(entry, { t, v })
    const root = put(value)
    return JSON.stringify({ root, heap })
  }

  function decode(text: string): unknown {
    const { root, heap } = JSON.parse(text) as { root: Flat; heap: Entry[] }
    const made = new Map<number, unknown>()
    const get = (flat: Flat): unknown => {
      if (flat === null || typeof flat !== 'object') return flat
      if ('r' in flat) return made.has(flat.r) ? made.get(flat.r) : make(flat.r)
      if (flat.t === 'number') return Number(flat.v)
      return flat.t === 'bigint' ? BigInt(flat.v as string) : undefined
    }
    const keep = <T>(at: number, value: T): T => (made.set(at, value), value)
    const make = (at: number): unknown => {
      const { t, v } = heap[at] as Entry
      if (t === 'array') {
        const list = keep<unknown[]>(at, [])
        for (const one of v as Flat[]) list.push(get(one))
        return list
      }
      if (t === 'map') {
        const map = keep(at, new Map<unknown, unknown>())
        for (const [key, held] of v as [Flat, Flat][]) map.set(get(key), get(held))
        return map
      }
      if (t === 'set') {
        const list = keep(at, new Set<unknown>())
        for (const one of v as Flat[]) list.add(get(one))
        return list
      }
      if (t === 'date') return keep(at, new Date(v === null ? Number.NaN : (v as number)))
      if (t === 'regexp') return keep(at, new RegExp((v as string[])[0] ?? '', (v as string[])[1]))
      if (t === 'error') {
        const [name, message, stack] = v as [string, string, string]
        return keep(at, Object.assign(new Error(message), { name, stack }))
      }
      if (t === 'buffer') return keep(at, toBytes(v as string).buffer)
      if (t === 'view') {
        const [kind, bytes] = v as [keyof typeof views, string]
        return keep(at, new (views[kind] as new (buffer: ArrayBuffer) => ArrayBufferView)(toBytes(bytes).buffer))
      }
      const object = keep<Record<string, unknown>>(at, {})
      for (const [key, held] of v as [string, Flat][]) Object.defineProperty(object, key, { value: get(held), enumerable: true, writable: true, configurable: true })
      return object
    }
    return get(root)
  }

  return { encode, decode }
}

export type Wire = ReturnType<typeof wireCodec>
export const wire: Wire = wireCodec()
