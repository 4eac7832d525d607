import { expect, test } from 'vitest'
import { whyNotHere } from './sandbox.ts'

const here = { platform: 'linux', uid: 1000, noSandbox: false, env: {} } as const

test('an ordinary account with the sandbox may run it, on every system', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) expect(whyNotHere({ ...here, platform })).toBeNull()
  expect(whyNotHere({ ...here, platform: 'win32', uid: null })).toBeNull()
})

test('root is sent to the browser, whatever switches it gives', () => {
  for (const noSandbox of [true, false]) expect(whyNotHere({ ...here, uid: 0, noSandbox })).toContain('firstnode wizard')
})

test('nobody runs it without the sandbox, and an AppImage says what its starter ran into', () => {
  expect(whyNotHere({ ...here, noSandbox: true })).toContain('without --no-sandbox')
  expect(whyNotHere({ ...here, platform: 'win32', uid: null, noSandbox: true })).toContain('without --no-sandbox')
  expect(whyNotHere({ ...here, noSandbox: true, env: { APPIMAGE: '/home/ada/Firstnode.AppImage' } })).toContain('Install the deb package')
})
