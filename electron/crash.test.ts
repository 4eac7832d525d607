import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { expect, test } from 'vitest'
import { type AfterACrash, bringBack } from './crash.ts'

function windowDouble(answers: Partial<Pick<AfterACrash, 'askToReload' | 'askToTryAgain'>> = {}) {
  const did: string[] = []
  const contents = Object.assign(new EventEmitter(), { reload: () => did.push('reload'), forcefullyCrashRenderer: () => did.push('crash') })
  const window = Object.assign(new EventEmitter(), { webContents: contents })
  let time = 0
  bringBack(window as unknown as BrowserWindow, {
    clock: { now: () => time },
    note: () => undefined,
    askToReload: async () => true,
    askToTryAgain: async () => false,
    quit: () => did.push('quit'),
    ...answers,
  })
  return { did, window, pass: (ms: number) => (time += ms), crash: (reason = 'crashed') => contents.emit('render-process-gone', {}, { reason, exitCode: 1 }) }
}

test('a page that crashed is loaded again; one that ended by itself is not', () => {
  const { did, crash } = windowDouble()
  crash('clean-exit')
  expect(did).toEqual([])
  crash('oom')
  expect(did).toEqual(['reload'])
})

test('one that crashes again and again ends the application, if somebody has had enough', async () => {
  const { did, crash, pass } = windowDouble()
  for (let times = 0; times < 3; times++) crash()
  pass(61_000)
  for (let times = 0; times < 3; times++) crash()
  expect(did).toEqual(Array.from({ length: 6 }, () => 'reload'))
  crash()
  await expect.poll(() => did.at(-1)).toBe('quit')
})

test('a page that hangs is ended and comes back as after a crash, if somebody says so', async () => {
  const { did, window } = windowDouble()
  window.emit('unresponsive')
  await expect.poll(() => did).toEqual(['crash'])
})

test('a page that answers again takes the question back', async () => {
  const asked: AbortSignal[] = []
  const { did, window } = windowDouble({ askToReload: (signal) => (asked.push(signal), new Promise((resolve) => signal.addEventListener('abort', () => resolve(true)))) })
  window.emit('unresponsive')
  window.emit('unresponsive')
  window.emit('responsive')
  await expect.poll(() => asked[0]?.aborted).toBe(true)
  window.emit('unresponsive')
  await expect.poll(() => asked.length).toBe(2)
  expect(did).toEqual([])
})
