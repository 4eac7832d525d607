import { expect, test } from 'vitest'
import { credentialsOf } from './hand-over.ts'
import { LiveSetup, newHandover } from './live-setup.ts'

test('the engine knows whether somebody has the password, whichever window asks', async () => {
  const live = new LiveSetup({ home: '/es' }, '/es/config', 'first-node', 0, null)
  live.handover = newHandover('https://localhost:9200', { ca: { path: '', fingerprint: '' }, tls: { caPem: '' } }, null)
  live.update({ stage: 'ready' })
  expect((await credentialsOf(live)).handedOver).toBe(false)
  live.update({ stage: 'handed-over' })
  expect((await credentialsOf(live)).handedOver).toBe(true)
})
