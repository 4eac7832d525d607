import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { problem } from '../../shared/problems/problem.ts'

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** The four keys of a first node. */
export interface NodeKeys {
  readonly transportCa: KeyPair
  readonly transport: KeyPair
  readonly httpCa: KeyPair
  readonly http: KeyPair
}

/** Keys in the making. */
export interface KeyBatch {
  readonly ready: Promise<NodeKeys>
  /** Nobody needs them any more: `ready` ends with `cancelled` where it has not ended, and what is still computed is dropped. */
  cancel(): void
}

const generate = promisify(generateKeyPair)

/** One key of the size stock takes for all of its own: RSA, 4096 bits. Computed in libuv's thread pool. */
export function makeKeyPair(): Promise<KeyPair> {
  return generate('rsa', { modulusLength: 4096 })
}

/**
 * Begins the four keys of a first node, off the main thread and together, but for one thread of libuv's pool: reading a file would
 * have to wait for seconds otherwise. `atOnce` and `make` are for tests.
 */
export function beginKeys({ atOnce = poolThreads() - 1, make = makeKeyPair }: { atOnce?: number; make?: () => Promise<KeyPair> } = {}): KeyBatch {
  const { promise: ready, resolve, reject } = withResolvers<NodeKeys>()
  // Whoever cancels does not wait for the keys any more: their rejection must not end the process.
  ready.catch(() => undefined)
  const inTurn = turns(Math.max(1, atOnce))
  let cancelled = false
  const one = (): Promise<KeyPair> => inTurn(() => (cancelled ? ready.then(({ http }) => http) : make()))
  Promise.all([one(), one(), one(), one()]).then(([transportCa, transport, httpCa, http]) => resolve({ transportCa, transport, httpCa, http }), reject)
  const cancel = (): void => {
    cancelled = true
    reject(problem('cancelled', {}))
  }
  return { ready, cancel }
}

/** Begins the one key of a node that joins. */
export function beginKey({ make = makeKeyPair }: { make?: () => Promise<KeyPair> } = {}): { readonly ready: Promise<KeyPair>; cancel(): void } {
  const { promise: ready, resolve, reject } = withResolvers<KeyPair>()
  ready.catch(() => undefined)
  make().then(resolve, reject)
  return { ready, cancel: () => reject(problem('cancelled', {})) }
}

function poolThreads(): number {
  return Number(process.env.UV_THREADPOOL_SIZE) || 4
}

/** Lets `most` pieces of work run at a time, the others in turn. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
