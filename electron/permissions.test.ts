import type { Session } from 'electron'
import { expect, test } from 'vitest'
import { denyPermissions } from './permissions.ts'

test('requests for a permission, checks of one and devices are each denied', () => {
  const answers: Record<string, boolean> = {}
  denyPermissions({
    setPermissionRequestHandler: (handler: (contents: null, permission: string, answer: (granted: boolean) => void) => void) => handler(null, 'media', (granted) => (answers.request = granted)),
    setPermissionCheckHandler: (handler: () => boolean) => (answers.check = handler()),
    setDevicePermissionHandler: (handler: () => boolean) => (answers.device = handler()),
  } as unknown as Session)
  expect(answers).toEqual({ request: false, check: false, device: false })
})
