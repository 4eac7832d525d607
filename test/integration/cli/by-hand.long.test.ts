import { appendFile, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { program } from '../../cli/outside.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'

let fresh: FreshHome
let ports: { http: number; transport: number }
beforeEach(async () => {
  fresh = await freshHome('9.4.3')
  ports = await freePorts()
})
afterEach(async () => {
  await firstnode(['stop', '--home', fresh.home], { java: fresh.java })
  await fresh.remove()
})

const small = { ES_JAVA_OPTS: `${process.env.ES_JAVA_OPTS ?? ''} -Xms512m -Xmx512m` }
const call = (args: readonly string[], more: { env?: Record<string, string>; stdin?: string } = {}): Promise<Ended> =>
  firstnode([...args, '--home', fresh.home, '--json'], { java: fresh.java, ...more, env: { ...small, ...more.env } })

test('a node whose security was configured by hand is refused by up, started by up --as-is, and started again by start', async () => {
  await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), `\nxpack.security.enabled: true\nhttp.port: ${ports.http}\ntransport.port: ${ports.transport}\n`)
  const url = `http://localhost:${ports.http}`
  const refused = await call(['up'])
  expect(refused.code).toBe(3)
  expect(json(refused)).toMatchObject({ error: { code: 'skipped', remedy: expect.stringContaining(`firstnode up --as-is --home ${fresh.home}`) as string } })

  const up = await call(['up', '--as-is', '--node-name', 'zz'])
  expect({ code: up.code, err: up.err }).toMatchObject({ code: 0, err: expect.stringContaining('--node-name has no effect') as string })
  expect(json(up)).toMatchObject({ url, password: null, caFingerprint: null })
  expect((await fetch(url)).status).toBe(401)
  const { pid } = json(up) as UpResult
  expect(json(await call(['up', '--as-is']))).toMatchObject({ url, pid })

  expect(json(await call(['stop']))).toMatchObject({ running: false })
  const started = await call(['start'])
  expect({ code: started.code, err: started.err }).toMatchObject({ code: 0, err: expect.stringContaining('nothing is proved but that its port answers') as string })
  expect(json(started)).toMatchObject({ running: true, answering: true, secured: false, url, health: null })
})

test('a stopped node whose keystore has a password is undone with that password, and refused without', async () => {
  const keystore = join(fresh.home, 'config', 'elasticsearch.keystore')
  await copyFile(join(import.meta.dirname, '..', '..', 'oracle', 'keystores', 'locked.keystore'), keystore)
  if (process.getuid?.() === 0) await program('chown', [`${fresh.account.uid}:${fresh.account.gid}`, keystore])
  const before = await folderTree(fresh.home)
  const stdin = 'correct horse\n'
  const ended = await call(['up', '--http-port', String(ports.http), '--transport-port', String(ports.transport), '--heap', '512m', '--keystore-password-stdin'], { stdin })
  expect({ code: ended.code, err: ended.err }).toMatchObject({ code: 0 })
  const { password } = json(ended) as UpResult
  expect(json(await call(['status'], { env: { ELASTIC_PASSWORD: password! } }))).toMatchObject({ health: expect.stringMatching(/green|yellow/) as string })
  expect(json(await call(['status'], { env: { ELASTIC_PASSWORD: 'wrong' } }))).toMatchObject({ answering: true, health: null })
  expect(json(await call(['stop']))).toMatchObject({ running: false })

  for (const [more, code] of [[{}, 'keystore_locked'], [{ stdin: 'wrong\n' }, 'keystore_wrong_password']] as const) {
    const refused = await call(['undo', '--yes', ...('stdin' in more ? ['--keystore-password-stdin'] : [])], more)
    expect({ exit: refused.code, told: json(refused) }).toMatchObject({ exit: 3, told: { error: { code } } })
  }
  expect(json(await call(['status']))).toMatchObject({ running: false, secured: true })
  const undone = await call(['undo', '--yes', '--keystore-password-stdin'], { stdin, env: { ELASTIC_PASSWORD: password! } })
  expect({ code: undone.code, err: undone.err }).toMatchObject({ code: 0 })
  expect(await folderTree(fresh.home)).toEqual(before)
})
