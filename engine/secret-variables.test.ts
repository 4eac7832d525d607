import { expect, test } from 'vitest'
import { takeSecrets } from './secret-variables.ts'

test('secrets are taken out of the environment and given to the host alone', () => {
  const env: NodeJS.ProcessEnv = { PATH: '/bin', ELASTIC_PASSWORD: 'pw', ENROLLMENT_TOKEN: 'token' }
  expect(takeSecrets(env)).toEqual({ PATH: '/bin', ELASTIC_PASSWORD: 'pw', ENROLLMENT_TOKEN: 'token' })
  expect(env).toEqual({ PATH: '/bin' })
})
