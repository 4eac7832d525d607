import { createHash } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { release, smallArchive, testKey } from '../../../engine/download/testing/releases-to-give.ts'
import { releaseServer } from '../../../engine/download/testing/release-server.ts'
import { begin } from '../../cli/firstnode.ts'

// The command line as it is shipped, with the vendor's key and OpenPGP.js beside it.
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-install-'))
  await chmod(folder, 0o755)
})
afterEach(() => rm(folder, { recursive: true }))

const installing = (...args: string[]) => begin(['install', ...args, '--to', folder, '--json'], { env: { FIRSTNODE_CACHE: join(folder, 'cache'), NO_PROXY: '*' } }).ended

test('what anybody but Elastic signed is refused by the built command line, and nothing stays', async () => {
  const server = await releaseServer()
  const path = await release(server, await testKey(), await smallArchive('elasticsearch'))
  const { code, out } = await installing('--mirror', server.url)
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'download_signature', message: expect.stringContaining('it was signed with another key') as string } })
  expect([code, server.asked.at(-1), await readdir(folder), await readdir(join(folder, 'cache', 'downloads'))]).toEqual([4, path, ['cache'], []])
})

test('a file that is here becomes a home', async () => {
  const archive = await smallArchive('elasticsearch')
  const file = join(folder, 'elasticsearch-9.4.3-linux-x86_64.tar.gz')
  await writeFile(file, archive)
  await writeFile(`${file}.sha512`, `${createHash('sha512').update(archive).digest('hex')}  elasticsearch-9.4.3-linux-x86_64.tar.gz\n`)
  const { code, out } = await installing('--file', file)
  expect([code, JSON.parse(out)]).toEqual([
    0,
    {
      product: 'elasticsearch',
      home: join(folder, 'elasticsearch-9.4.3'),
      checked: [`${file} was used; nothing was downloaded.`, 'Its SHA-512 is the one it should have.', 'Its signature could not be checked: there is no elasticsearch-9.4.3-linux-x86_64.tar.gz.asc beside it.'],
    },
  ])
})
