import type { WebContents } from 'electron'
import { expect, test, vi } from 'vitest'
import { stayOnPage } from './navigation.ts'

vi.mock('electron', () => ({ shell: { openExternal: () => Promise.resolve() } }))

test('no window opens, whatever its address is: not even one of our own, or one of the table', () => {
  const handlers: ((details: { url: string }) => unknown)[] = []
  stayOnPage({ on() {}, setWindowOpenHandler: (handler: (details: { url: string }) => unknown) => handlers.push(handler) } as unknown as WebContents)
  const answers = ['app://firstnode/', 'https://www.elastic.co/docs/', 'https://example.org/', 'about:blank', ''].map((url) => handlers[0]?.({ url }))
  expect(answers).toEqual(answers.map(() => ({ action: 'deny' })))
})
