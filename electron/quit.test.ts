import type { App } from 'electron'
import { expect, test } from 'vitest'
import { type Leaving, quitInOwnTime } from './quit.ts'

function appDouble(how: Partial<Leaving>) {
  const told: string[] = []
  let listener: (event: { preventDefault(): void }) => void = () => {}
  const app = {
    on: (_name: string, wanted: typeof listener) => (listener = wanted),
    quit() {
      let stays = false
      listener({
        preventDefault() {
          stays = true
          told.push('stays for now')
        },
      })
      if (!stays) told.push('ends')
    },
  } as unknown as Pick<App, 'on' | 'quit'>
  const leaving: Leaving = {
    underWay: () => null,
    ask: async (what) => (told.push(`asks: ${what}`), true),
    forget: async () => void told.push('forgets'),
    putBack: async () => void told.push('puts back'),
    sayGoodbye: async () => void told.push('says goodbye'),
    onTrouble: (cause) => void told.push(String(cause)),
    ...how,
  }
  return { app, told, quitting: quitInOwnTime(app, leaving) }
}

test('where nothing is under way it ends without a question', async () => {
  const { app, told, quitting } = appDouble({})
  app.quit()
  await expect.poll(() => told).toEqual(['stays for now', 'forgets', 'puts back', 'says goodbye', 'ends'])
  expect(quitting.mayClose()).toBe(true)
})

test('where something is under way it asks, and stays if it is told to; the next time it asks again', async () => {
  const answers = [false, true]
  const { app, told, quitting } = appDouble({ underWay: () => 'a set-up', ask: async () => answers.shift() ?? false })
  app.quit()
  await expect.poll(() => answers).toHaveLength(1)
  expect(told).toEqual(['stays for now'])
  expect(quitting.mayClose()).toBe(false)
  app.quit()
  await expect.poll(() => told.at(-1)).toBe('ends')
})

test('while it asks or puts back, pressing quit again changes nothing', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const { app, told } = appDouble({ putBack: () => promise })
  app.quit()
  app.quit()
  app.quit()
  expect(told).toEqual(['stays for now', 'forgets', 'stays for now', 'stays for now'])
  resolve()
  await expect.poll(() => told.at(-1)).toBe('ends')
  expect(told.filter((one) => one === 'ends')).toHaveLength(1)
})

test('told by the system it puts back without asking, even while a question is open', async () => {
  const { app, told, quitting } = appDouble({ underWay: () => 'a set-up', ask: () => new Promise(() => {}) })
  app.quit()
  quitting.leaveNow()
  quitting.leaveNow()
  await expect.poll(() => told).toEqual(['stays for now', 'forgets', 'puts back', 'says goodbye', 'ends'])
})

test('a failure while putting back does not keep it open: the journal puts back at the next start', async () => {
  const { app, told } = appDouble({ putBack: () => Promise.reject(new Error('no')) })
  app.quit()
  await expect.poll(() => told).toEqual(['stays for now', 'forgets', 'Error: no', 'ends'])
})

test('for a new version everything is put back first, and its installer may then close the windows', async () => {
  const { told, quitting } = appDouble({})
  quitting.leaveFor(() => told.push(`installs, may close: ${String(quitting.mayClose())}`))
  await expect.poll(() => told).toEqual(['forgets', 'puts back', 'says goodbye', 'installs, may close: true'])
})
