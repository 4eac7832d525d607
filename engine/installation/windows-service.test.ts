import { expect, test } from 'vitest'
import type { Ask } from '../system/ask-system.ts'
import { refuseWindowsService, windowsServiceOf } from './windows-service.ts'

const home = 'C:\\Elastic & Co\\elasticsearch-9.4.3'
const service = {
  name: 'elasticsearch-service-x64',
  state: 'Running',
  account: 'LocalSystem',
  command: '"C:\\elastic & co\\elasticsearch-9.4.3\\bin\\elasticsearch-service-x64.exe" //RS//elasticsearch-service-x64',
}
const says = (rows: unknown): Ask => () => Promise.resolve(JSON.stringify(rows))

test('the service of a home is known by the program it runs, whichever letters that was typed in', async () => {
  expect(await windowsServiceOf(home, 'win32', says(service))).toEqual({ name: service.name, state: 'Running', account: 'LocalSystem' })
  const other = { ...service, command: 'C:\\other\\bin\\elasticsearch-service-x64.exe //RS//x', account: null }
  expect(await windowsServiceOf(home, 'win32', says([other]))).toBeNull()
  expect(await windowsServiceOf(home, 'win32', says([other, { ...service, state: 'Stopped' }]))).toMatchObject({ state: 'Stopped' })
})

test('where there is none, Windows does not tell, or the system is another, there is none', async () => {
  expect(await windowsServiceOf(home, 'win32', () => Promise.resolve(''))).toBeNull()
  expect(await windowsServiceOf(home, 'win32', () => Promise.reject(new Error('Zugriff verweigert')))).toBeNull()
  expect(await windowsServiceOf(home, 'linux', () => Promise.reject(new Error('never asked')))).toBeNull()
})

test('a node that a service runs is left to Windows, one that is stopped is not in the way', async () => {
  await expect(refuseWindowsService(home, 'win32', says(service))).rejects.toMatchObject({ code: 'windows_service_runs', message: expect.stringContaining(service.name) })
  await refuseWindowsService(home, 'win32', says({ ...service, state: 'Stopped' }))
})
