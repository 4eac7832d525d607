import { expect, test } from 'vitest'
import { beginKeys, type KeyPair } from './keys.ts'
import { codeOf } from './testing/code-of.ts'
import { smallKey } from './testing/small-keys.ts'

test('four different keys are made', async () => {
  const keys = await beginKeys({ make: smallKey }).ready
  const spoken = [keys.transportCa, keys.transport, keys.httpCa, keys.http].map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' }))
  expect(new Set(spoken).size).toBe(4)
})

test('no more than so many are made at once', async () => {
  let running = 0
  let most = 0
  const make = async (): Promise<KeyPair> => {
    most = Math.max(most, ++running)
    const key = await smallKey()
    running--
    return key
  }
  await beginKeys({ atOnce: 3, make }).ready
  expect(most).toBe(3)
})

test('a cancelled batch ends with a problem, makes no further keys, and does not end the process where nobody waits for it', async () => {
  let made = 0
  const finish: (() => void)[] = []
  const make = (): Promise<KeyPair> => {
    made++
    return new Promise((resolve, reject) => finish.push(() => void smallKey().then(resolve, reject)))
  }
  const batch = beginKeys({ atOnce: 2, make })
  batch.cancel()
  batch.cancel()
  for (const one of finish) one()
  expect(await codeOf(() => batch.ready)).toBe('cancelled')
  expect(made).toBe(2)
  beginKeys({ atOnce: 1, make: () => Promise.reject(new Error('no entropy')) }).cancel()
  await new Promise((resolve) => setImmediate(resolve))
})

test('a key that cannot be made ends the batch', async () => {
  await expect(beginKeys({ make: () => Promise.reject(new Error('no entropy')) }).ready).rejects.toThrow('no entropy')
})

test('cancelling what is ready changes nothing', async () => {
  const batch = beginKeys({ make: smallKey })
  const keys = await batch.ready
  batch.cancel()
  expect(await batch.ready).toBe(keys)
})
