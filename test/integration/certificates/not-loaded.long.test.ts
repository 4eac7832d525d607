import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePlace, password } from '../../support/deaths/place.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { needsRoot } from '../../support/needs-root.ts'

// The stand-in for Elasticsearch answers with the certificate that it started with.
test('where a running node does not load the new certificate, the old keystore is restored and nothing is unfinished', async () => {
  needsRoot('runs Firstnode as another account')
  const place = await makePlace()
  const call = (...args: string[]) => place.run([...args, '--home', place.home, '--json'], { stdin: `${password}\n` })
  try {
    expect(await call('up', '--password-stdin', ...place.ports)).toMatchObject({ code: 0 })
    const certs = join(place.config, 'certs')
    const before = await folderTree(certs)
    const { code, out } = await call('renew', '--yes')
    expect({ code, said: JSON.parse(out) as unknown }).toMatchObject({
      code: 4,
      said: {
        error: {
          code: 'renew_not_served',
          message: expect.stringContaining('The old keystore is restored.') as string,
        },
      },
    })
    expect(await folderTree(certs)).toEqual(before)
    const status = JSON.parse((await call('status')).out) as object
    expect(status).toMatchObject({ certificates: { served: { asOnDisk: true }, findings: [] } })
    expect(status).not.toHaveProperty('unfinished')
    expect(await call('renew', '--undo', '--yes')).toMatchObject({ code: 3 })
  } finally {
    await place.run(['stop', '--home', place.home])
    place.remove()
  }
}, 600_000)
