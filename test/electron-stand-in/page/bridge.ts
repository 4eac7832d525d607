/**
 * One end of what `contextBridge` does: functions of one world of the page called from the other, at once, with what they give back.
 * Events of the window reach every world, and their `detail` is cloned on the way. Sent into pages as source: it uses nothing from outside.
 */
export function bridgeEnd(out: string, into: string) {
  type Call = (...args: unknown[]) => unknown
  interface Reply { readonly failed: boolean; readonly value: unknown }
  interface Message { readonly kind: 'call' | 'return' | 'settle' | 'expose'; readonly id: string; readonly value: unknown; readonly args?: unknown; readonly failed?: boolean }
  const functions = new Map<string, Call>()
  const known = new WeakMap<Call, string>()
  const pending = new Map<string, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  const returned = new Map<string, Reply>()
  const exposing: { take(key: string, value: unknown): void } = { take: () => {} }
  let last = 0

  const say = (message: Message) => void window.dispatchEvent(new CustomEvent(out, { detail: message }))
  const name = () => `${out}${++last}`
  const isPlain = (value: object) => Object.prototype.toString.call(value) === '[object Object]'

  /** Functions and promises become names; everything else is left to cloning. */
  function flatten(value: unknown): unknown {
    if (typeof value === 'function') return { __bridge: 'function', id: named(value as Call) }
    if (value instanceof Promise) {
      const id = name()
      value.then((settled) => say({ kind: 'settle', id, value: flatten(settled) }), (reason: unknown) => say({ kind: 'settle', id, value: plainError(reason), failed: true }))
      return { __bridge: 'promise', id }
    }
    if (typeof value === 'symbol' || value instanceof MessagePort) throw new TypeError('An object could not be cloned.')
    if (Array.isArray(value)) return value.map(flatten)
    if (typeof value !== 'object' || value === null || !isPlain(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, flatten(held)]))
  }
  function plainError(reason: unknown): unknown {
    return reason instanceof Error ? new Error(reason.message) : reason
  }
  function named(call: Call): string {
    const id = known.get(call) ?? name()
    known.set(call, id)
    functions.set(id, call)
    return id
  }
  function unflatten(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(unflatten)
    if (typeof value !== 'object' || value === null || !isPlain(value)) return value
    const { __bridge, id } = value as { __bridge?: string; id?: string }
    if (__bridge === 'function') return (...args: unknown[]) => callOther(id ?? '', args)
    if (__bridge === 'promise') return new Promise((resolve, reject) => pending.set(id ?? '', { resolve, reject }))
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, held]) => [key, unflatten(held)])))
  }
  function callOther(id: string, args: readonly unknown[]): unknown {
    const call = name()
    say({ kind: 'call', id, value: call, args: flatten([...args]) })
    const reply = returned.get(call)
    returned.delete(call)
    if (reply === undefined) throw new Error('The other world of the page has gone.')
    if (reply.failed) throw reply.value
    return unflatten(reply.value)
  }

  window.addEventListener(into, (event) => {
    const { kind, id, value, args, failed = false } = (event as CustomEvent<Message>).detail
    if (kind === 'expose') return exposing.take(id, unflatten(value))
    if (kind === 'return') return void returned.set(id, { failed, value })
    if (kind === 'settle') {
      const waiting = pending.get(id)
      pending.delete(id)
      return failed ? waiting?.reject(value) : waiting?.resolve(unflatten(value))
    }
    let answer: Message
    try {
      const given = (unflatten(args) as unknown[]).slice()
      answer = { kind: 'return', id: value as string, value: flatten(functions.get(id)?.(...given)) }
    } catch (thrown) {
      answer = { kind: 'return', id: value as string, value: plainError(thrown), failed: true }
    }
    say(answer)
  })

  return {
    /** Gives `value` to the other end under `key`. */
    expose: (key: string, value: unknown) => say({ kind: 'expose', id: key, value: flatten(value) }),
    onExposed: (take: (key: string, value: unknown) => void) => void (exposing.take = take),
  }
}

export type BridgeEnd = ReturnType<typeof bridgeEnd>
