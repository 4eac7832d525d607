import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { refuseUnwritable, refuseWithoutRoom } from './room.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'firstnode-room-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

test('there must be room for the archive and for what it becomes, together where they lie on one disk', async () => {
  const into = await folder()
  const asked = { product: 'elasticsearch', into, cache: into, bytes: 600_000_000, missing: 600_000_000 } as const
  // 600 MB to come, 2.2 times as much unpacked, and 100 MB to spare.
  await refuseWithoutRoom({ ...asked, freeBytes: () => Promise.resolve(2_020_000_000) })
  await expect(refuseWithoutRoom({ ...asked, freeBytes: () => Promise.resolve(2_019_999_999) })).rejects.toMatchObject({ code: 'download_no_room', message: expect.stringContaining('2.0 GB are needed to download and unpack it') as string })
  await refuseWithoutRoom({ ...asked, missing: 0, freeBytes: () => Promise.resolve(1_420_000_000) })
  await refuseWithoutRoom({ ...asked, freeBytes: () => Promise.resolve(null) })
})

test('a folder that this account may not write to is told before anything is downloaded', async () => {
  const into = await folder()
  const refusing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))
  await refuseUnwritable(into)
  await refuseUnwritable(join(into, 'new'))
  await expect(refuseUnwritable(into, refusing('EACCES'))).rejects.toMatchObject({ code: 'archive_target', message: expect.stringContaining('may not write there') as string })
  await expect(refuseUnwritable(into, refusing('EROFS'))).rejects.toMatchObject({ code: 'archive_target', message: expect.stringContaining('read-only') as string })
})
