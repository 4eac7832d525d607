import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { whyNotSigned } from './signature.ts'
import { testKey } from './testing/releases-to-give.ts'

const content = Buffer.from('an archive '.repeat(200_000))

async function file(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-signature-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'archive'), content)
  return join(folder, 'archive')
}

const asked = async (signature: string, key: Awaited<ReturnType<typeof testKey>>) => ({ path: await file(), signature, key: key.key, signal: new AbortController().signal })

test('a signature of the key over the file holds, and every byte was told of', async () => {
  const key = await testKey()
  const told: number[] = []
  expect(await whyNotSigned({ ...(await asked(await key.sign(content), key)), onBytes: (done) => told.push(done) })).toBeNull()
  expect(told.at(-1)).toBe(content.length)
})

test('of another key, over something else, or with a byte changed, it does not hold', async () => {
  const key = await testKey()
  const other = await testKey()
  expect(await whyNotSigned(await asked(await other.sign(content), key))).toMatch(/^it was signed with another key/)
  expect(await whyNotSigned(await asked(await key.sign(content.subarray(1)), key))).toBe('its signature is for something else')
  expect(await whyNotSigned(await asked('', key))).toMatch(/is none$/)
})

test('a key in place of the one that is meant is not used, whatever it signed', async () => {
  const key = await testKey()
  const exchanged = { ...key, key: { ...key.key, fingerprint: '46095ACC8548582C1A2699A9D27D666CD88E42B4' } }
  await expect(whyNotSigned(await asked(await key.sign(content), exchanged))).rejects.toThrow(/has the fingerprint/)
})
