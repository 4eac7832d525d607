import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callOnce } from '../../../engine/cluster/try-it.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { findNode } from '../../../engine/node/find-node.ts'
import { nodeProcesses } from '../../../engine/node/server-processes.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { ownNumber, readAccess, whatIsOpen } from '../../../engine/plan/close-to-others.ts'
import { undoFiles } from '../../../engine/plan/undo.ts'
import { runPreflight } from '../../../engine/preflight/preflight.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import { securedHome, type SecuredHome } from '../../integration/node/node-home.ts'

/** Blanks, what a shell would read, and letters that no code page has all of. */
const strange = 'Elastic & Co % ünïcødé'
const isWindows = process.platform === 'win32'

let home: SecuredHome
let installation: Installation
let started: StartedNode

beforeAll(async () => {
  home = await securedHome('9.4.3', { name: strange })
  installation = await home.inspect()
  started = await startNode({ installation, heap: '512m' })
})

afterAll(async () => {
  try {
    if (await findNode(installation)) await stopNode({ installation })
    await started.letGo()
  } finally {
    await home.remove()
  }
})

test('a first node starts from a folder with blanks and an ampersand, and answers with its password', async () => {
  const { caPem, url, password } = home
  await waitUntilAnswering({ url, caPem, password, died: () => started.died() })
  expect((await callOnce({ url, caPem, caPath: 'http_ca.crt', user: 'elastic', password })).status).toBe(200)
})

test('it is found by its process and by its record', async () => {
  const roles = (await nodeProcesses(installation)).map(({ role }) => role).sort()
  expect(roles).toEqual(isWindows ? ['launcher', 'server'] : ['server'])
  expect(await findNode(installation)).toEqual(started.node)
  const running = { pid: 1, url: 'https://localhost:9200', secured: true, answering: true }
  expect(await runPreflight({ ...installation, state: 'running' }, { running })).toMatchObject({ verdict: 'running', decidedBy: 'running' })
})

test('its keys are closed to everybody but its account, and on Windows the administrators', async () => {
  const keys = ['elasticsearch.keystore', 'certs', join('certs', 'http.p12'), join('certs', 'transport.p12')].map((name) => join(installation.config, name))
  expect(await Promise.all(keys.map(whoElseMayRead))).toEqual(keys.map(() => null))
})

test('asked to stop, it shuts down in order and nothing of it runs', async () => {
  expect(await stopNode({ installation })).toMatchObject({ pid: started.node.pid, insisted: false, unasked: false })
  expect(await nodeProcesses(installation)).toEqual([])
  expect(await findNode(installation)).toBeNull()
  expect((await readFile(started.node.logFile, 'utf8')).trim().split('\n').at(-1)).toContain('"closed"')
})

test('undone, its configuration is without keys again', async () => {
  const undone = await undoFiles(installation.config)
  expect(undone.kept).toEqual([])
  expect(await readdir(installation.config)).not.toEqual(expect.arrayContaining(['certs']))
  expect(await readFile(join(installation.config, 'elasticsearch.yml'), 'utf8')).not.toContain('xpack.security')
})

/** Null where nobody else may. */
async function whoElseMayRead(path: string): Promise<string | null> {
  if (!isWindows) return ((await stat(path)).mode & 0o007) === 0 ? null : 'everybody'
  return whatIsOpen(await readAccess(path), [await ownNumber(), 'S-1-5-32-544', 'S-1-5-18'])
}
