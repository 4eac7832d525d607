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

/** Begins the four keys of a first node at once, off the main thread; `make` makes one. */
export function beginKeys(make: () => Promise<KeyPair> = makeKeyPair): KeyBatch {
  const { promise: ready, resolve, reject } = withResolvers<NodeKeys>()
  // Whoever cancels does not wait for the keys any more: their rejection must not end the process.
  ready.catch(() => undefined)
  Promise.all([make(), make(), make(), make()]).then(
    ([transportCa, transport, httpCa, http]) => resolve({ transportCa, transport, httpCa, http }),
    reject,
  )
  return { ready, cancel: () => reject(problem('cancelled', {})) }
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
