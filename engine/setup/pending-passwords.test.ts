import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import type { NewPassword } from '../../shared/contract/password.ts'
import { PendingPasswords } from './pending-passwords.ts'

const set = (username: string, password: string): NewPassword => ({ username, password, how: 'file-realm', answered: true, proved: true, handedOver: false })

test('a new password is known until somebody has it, and a newer one takes its place', () => {
  const pending = new PendingPasswords()
  expect(pending.of('/es/config')).toBeNull()
  pending.keep('/es/config', set('elastic', 'first one'))
  pending.keep('/other/config', set('elastic', 'of another'))
  pending.keep('/es/config', set('kibana_system', 'second one'))
  expect(pending.of('/es/config')).toEqual(set('kibana_system', 'second one'))
  pending.handedOver('/es/config', 'elastic')
  expect(pending.of('/es/config')).not.toBeNull()
  pending.handedOver('/es/config', 'kibana_system')
  pending.handedOver('/es/config', 'kibana_system')
  expect(pending.of('/es/config')).toBeNull()
  expect(pending.of('/other/config')?.password).toBe('of another')
  pending.forget('/other/config')
  expect(pending.of('/other/config')).toBeNull()
})

test('what is kept shows no password where it is printed', () => {
  const pending = new PendingPasswords()
  pending.keep('/es/config', set('elastic', 'hidden one'))
  expect(inspect(pending, { depth: 10, showHidden: true }) + JSON.stringify(pending)).not.toContain('hidden one')
})
