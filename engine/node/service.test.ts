import { expect, test } from 'vitest'
import { servicePid, startService, stopService } from './service.ts'

test('the unit of the package is started and stopped through systemctl', async () => {
  const called: string[] = []
  const run = (args: readonly string[]): Promise<{ stdout: string }> => {
    called.push(args.join(' '))
    return Promise.resolve({ stdout: '' })
  }
  await startService(run)
  await stopService(run)
  expect(called).toEqual(['start elasticsearch.service', 'stop elasticsearch.service'])
})

test('a refusal for want of rights says that root is needed, any other failure says why', async () => {
  const failing = (stderr: string) => () => Promise.reject(Object.assign(new Error('failed'), { stderr }))
  await expect(startService(failing('Failed to start elasticsearch.service: Interactive authentication required.\n'))).rejects.toMatchObject({ code: 'service_needs_root' })
  await expect(startService(failing('Unit elasticsearch.service not found.\n'))).rejects.toMatchObject({
    code: 'service_failed',
    message: expect.stringContaining('not found'),
  })
})

test('the main process is known, and 0 is none', async () => {
  expect(await servicePid(() => Promise.resolve({ stdout: '4711\n' }))).toBe(4711)
  expect(await servicePid(() => Promise.resolve({ stdout: '0\n' }))).toBeNull()
})
