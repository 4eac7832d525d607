import { expect, test } from 'vitest'
import { takenSecrets, takeSecrets, withoutTakenSecrets } from './secret-variables.ts'

test('secrets are taken out of the environment and given to the host alone', () => {
  const env: NodeJS.ProcessEnv = { PATH: '/bin', ELASTIC_PASSWORD: 'hunter2', ENROLLMENT_TOKEN: 'token' }
  expect(takeSecrets(env)).toEqual({ PATH: '/bin', ELASTIC_PASSWORD: 'hunter2', ENROLLMENT_TOKEN: 'token' })
  expect(env).toEqual({ PATH: '/bin' })
})

test('what was taken is kept for a node that asks for it, and never shown', () => {
  const env: NodeJS.ProcessEnv = { ELASTIC_PASSWORD: 'hunter2', KIBANA_PASSWORD: 'ab' }
  takeSecrets(env)
  takeSecrets(env)
  expect([...takenSecrets(env)].map(([name, secret]) => [name, secret.reveal()])).toEqual([['ELASTIC_PASSWORD', 'hunter2'], ['KIBANA_PASSWORD', 'ab']])
  expect(JSON.stringify([...takenSecrets(env)])).not.toContain('hunter2')
  expect(withoutTakenSecrets('node.name: hunter2, hunter2! about', env)).toBe('node.name: ••••, ••••! about')
})
