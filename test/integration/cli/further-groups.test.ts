import { appendFile, chmod, chown, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstnode, json, type Ended } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { needsRoot } from '../../support/needs-root.ts'

const group = 4242

describe.each(firstOf('8.16.6', '9.4.3'))('Elasticsearch %s with its data on a disk of a group that its account is in', (version) => {
  let fresh: FreshHome
  let folder: string
  /** the words of a shell in which the account is a member of the group: files of the system are not changed */
  let within: string[]
  const call = (...args: string[]): Promise<Ended> => firstnode([...args, '--home', fresh.home], { java: fresh.java, within })

  beforeAll(async () => {
    needsRoot('starts a node as another account')
    fresh = await freshHome(version)
    folder = await mkdtemp(join(tmpdir(), 'firstnode-groups-'))
    await chmod(folder, 0o755)
    const { uid, gid } = fresh.account
    await mkdir(join(folder, 'disk'))
    await chown(join(folder, 'disk'), 0, group)
    await chmod(join(folder, 'disk'), 0o770)
    await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), `path.data: ${join(folder, 'disk', 'data')}\n`)
    const others = (await readFile('/etc/passwd', 'utf8')).split('\n').filter((line) => line.split(':')[2] !== String(uid))
    await writeFile(join(folder, 'passwd'), [`es-test:x:${uid}:${gid}::/:/bin/sh`, ...others].join('\n'))
    await copyFile('/etc/group', join(folder, 'group'))
    await appendFile(join(folder, 'group'), `big-disk:x:${group}:es-test\n`)
    const mounts = `mount --bind ${folder}/passwd /etc/passwd; mount --bind ${folder}/group /etc/group; exec "$0" "$@"`
    within = ['unshare', '--mount', 'sh', '-ec', mounts]
  })
  afterAll(async () => {
    await call('stop')
    await fresh.remove()
    await rm(folder, { recursive: true, force: true })
  })

  test('is ready by the check of root, which starts it with all groups of the account', async () => {
    const checked = await call('check', '--json')
    expect([checked.code, json(checked)]).toMatchObject([0, { verdict: 'ready' }])
  })

  test('is not where the account is in no such group', async () => {
    const checked = await firstnode(['check', '--json', '--home', fresh.home], { java: fresh.java })
    expect([checked.code, json(checked)]).toMatchObject([11, { verdict: 'blocked' }])
    expect((json(checked) as { reason: string }).reason).toContain(join(folder, 'disk'))
  })

  lengthy('is set up by root, and writes its data there', async () => {
    const { http, transport } = await freePorts()
    const up = await call('up', '--http-port', String(http), '--transport-port', String(transport), '--heap', '512m', '--json')
    expect([up.code, json(up)]).toMatchObject([0, { username: 'elastic' }])
    const { pid } = json(up) as { pid: number }
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    expect(/^Groups:\s*(.*?)\s*$/m.exec(status)?.[1]?.split(' ')).toContain(String(group))
    expect((await call('undo', '--yes', '--json')).code).toBe(0)
  })
})
