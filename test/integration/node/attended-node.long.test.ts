import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findNode } from '../../../engine/node/find-node.ts'
import { nodeProcesses } from '../../../engine/node/server-processes.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import { Secret } from '../../../shared/secret.ts'
import { firstOf, lengthy } from '../../support/in-turn.ts'
import { securedHome, type SecuredHome } from './node-home.ts'

const keystorePassword = new Secret('a keystöre passw0rd')

/** The way of Windows, on whatever system this runs: the launcher stays, and ending it is the question to the server. */
describe.each(firstOf('9.4.3', '8.16.6'))('a node of Elasticsearch %s that its launcher attends, as on Windows', (version) => {
  let home: SecuredHome
  let installation: Installation
  let started: StartedNode

  beforeAll(async () => {
    home = await securedHome(version, { keystorePassword })
    installation = await home.inspect()
    started = await startNode({ installation, attended: true, heap: '512m', keystorePassword })
  })

  afterAll(async () => {
    try {
      if (await findNode(installation)) await stopNode({ installation })
      await started.letGo()
    } finally {
      await home.remove()
    }
  })

  test('is up when its log says so, with its launcher beside it', async () => {
    const roles = (await nodeProcesses(installation)).map(({ role }) => role)
    expect(roles.sort()).toEqual(['launcher', 'server'])
    expect(started.node).toMatchObject({ name: 'n1', httpPort: home.httpPort })
    expect(await findNode(installation)).toEqual(started.node)
    expect(await started.died()).toBeNull()
  })

  test('prints nothing for the file of the launcher to grow with', async () => {
    expect(await readFile(join(installation.logs, 'firstnode-start.out'), 'utf8')).not.toContain('[n1]')
  })

  test('shuts down in order once its launcher is ended, without being killed itself', async () => {
    const stopped = await stopNode({ installation, way: 'launcher' })
    expect(stopped).toMatchObject({ pid: started.node.pid, insisted: false })
    expect(await nodeProcesses(installation)).toEqual([])
    const log = (await readFile(started.node.logFile, 'utf8')).trim().split('\n')
    const said = log.map((line) => (JSON.parse(line) as { message: string }).message)
    expect(said).toEqual(expect.arrayContaining(['stopping ...', 'stopped', 'closing ...', 'closed']))
    expect(said.at(-1)).toBe('closed')
    expect(await started.died()).not.toBeNull()
  })

  lengthy('whose start is given up leaves no process', async () => {
    const giveUp = new AbortController()
    const start = startNode({ installation, attended: true, heap: '512m', keystorePassword, signal: giveUp.signal, onPhase: (id) => id === 'modules' && giveUp.abort() })
    await expect(start).rejects.toMatchObject({ code: 'cancelled' })
    expect(await nodeProcesses(installation)).toEqual([])
  })
})
