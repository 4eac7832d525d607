import { expect, test } from 'vitest'
import { createClipboard, mostPatience, secretStays } from './clipboard.ts'
import type { Clock } from './clock.ts'

function clipboardDouble() {
  let text = ''
  let time = 1000
  const due: { at: number; work: () => void }[] = []
  const clock: Clock = {
    now: () => time,
    later(ms, work) {
      const entry = { at: time + ms, work }
      due.push(entry)
      return () => void due.splice(due.indexOf(entry) >>> 0, 1)
    },
  }
  const troubles: unknown[] = []
  const system = { readText: async () => text, writeText: async (next: string) => void (text = next) }
  const clipboard = createClipboard(system, clock, (cause) => troubles.push(cause))
  return {
    clipboard,
    system,
    troubles,
    text: () => text,
    pass(ms: number) {
      time += ms
      for (const entry of due.filter(({ at }) => at <= time)) {
        due.splice(due.indexOf(entry), 1)
        entry.work()
      }
    },
  }
}

test('a secret is taken out after a minute, and whoever copied it knows when', async () => {
  const { clipboard, text, ...time } = clipboardDouble()
  expect(await clipboard.copy('a password', true)).toEqual({ clearsAt: 1000 + secretStays })
  time.pass(secretStays - 1)
  await expect(clipboard.clearCopied()).resolves.toBe(true)
  await clipboard.copy('a password', true)
  time.pass(secretStays)
  await expect.poll(text).toBe('')
})

test('what somebody copied since is left alone', async () => {
  const { clipboard, system, text, ...time } = clipboardDouble()
  await clipboard.copy('a password', true)
  await system.writeText('a shopping list')
  time.pass(secretStays)
  expect(await clipboard.clearCopied()).toBe(false)
  expect(text()).toBe('a shopping list')
})

test('a second secret has its own minute, and what is no secret stays', async () => {
  const { clipboard, text, ...time } = clipboardDouble()
  await clipboard.copy('first', true)
  time.pass(secretStays - 1)
  await clipboard.copy('second', true)
  time.pass(secretStays - 1)
  expect(text()).toBe('second')
  expect(await clipboard.copy('a command', false)).toEqual({ clearsAt: null })
  time.pass(secretStays)
  expect(text()).toBe('a command')
})

test('a clipboard that cannot be read is told of, and ends nothing', async () => {
  const { clipboard, system, troubles, ...time } = clipboardDouble()
  await clipboard.copy('a password', true)
  system.readText = () => Promise.reject(new Error('no clipboard'))
  time.pass(secretStays)
  await expect.poll(() => troubles).toHaveLength(1)
})

test('at the end a secret is taken out before its minute is over, and what is no secret stays', async () => {
  const { clipboard, text, troubles } = clipboardDouble()
  await clipboard.copy('a password', true)
  await clipboard.forgetSecret()
  expect(text()).toBe('')
  await clipboard.copy('a command', false)
  await clipboard.forgetSecret()
  expect(text()).toBe('a command')
  expect(troubles).toEqual([])
})

test('at the end what somebody copied since is left alone', async () => {
  const { clipboard, system, text } = clipboardDouble()
  await clipboard.copy('a password', true)
  await system.writeText('a shopping list')
  await clipboard.forgetSecret()
  expect(text()).toBe('a shopping list')
})

test('at the end a clipboard that does not answer, or that refuses, is told of and keeps nobody', async () => {
  const { clipboard, system, troubles, ...time } = clipboardDouble()
  await clipboard.copy('a password', true)
  system.readText = () => new Promise(() => {})
  const forgetting = clipboard.forgetSecret()
  time.pass(mostPatience)
  await forgetting
  await clipboard.copy('a password', true)
  system.readText = () => Promise.reject(new Error('no clipboard'))
  await clipboard.forgetSecret()
  expect(troubles).toHaveLength(2)
})
