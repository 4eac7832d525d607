import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import type { ReachedCluster } from '../enroll/reach-cluster.ts'
import { readSettings } from '../preflight/settings.ts'
import { temporaryConfig, type TemporaryConfig } from '../security/testing/temporary-config.ts'
import { freeName, joinFacts } from './join-facts.ts'

const homes: TemporaryConfig[] = []
afterEach(() => Promise.all(homes.splice(0).map((home) => home.remove())))

/** A home whose usual ports are these. */
async function homeWith(http: number, transport: number): Promise<Installation> {
  const made = await temporaryConfig('')
  homes.push(made)
  return { ...made.installation, ports: { ...made.installation.ports, http, transport } }
}

/** A cluster of nodes with these names, as far as a node that joins has to know it. */
const clusterOf = (...names: string[]): ReachedCluster => ({ clusterName: 'grown', nodes: names.map((nodeName) => ({ nodeName })), remote: false }) as unknown as ReachedCluster
const env = { HOSTNAME: 'host' }
const nothing = readSettings('', {})

test('a node gets the name of its machine, or the next one that no other node has', () => {
  expect(freeName('host', new Set())).toBe('host')
  expect(freeName('host', new Set(['host', 'host-2']))).toBe('host-3')
})

test('a further home of one machine steps aside from the ports and the name of the node that runs there already', async () => {
  const running = [createServer(), createServer()]
  const [http, transport] = await Promise.all(
    running.map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      return (server.address() as AddressInfo).port
    }),
  )
  try {
    const { facts, nameMadeUp } = await joinFacts(await homeWith(http ?? 0, transport ?? 0), nothing, {}, clusterOf('host'), env)
    expect({ name: facts.nodeName, nameMadeUp, cluster: facts.clusterName }).toEqual({ name: 'host-2', nameMadeUp: true, cluster: 'grown' })
    expect(facts.httpPort).toBeGreaterThan(http ?? 0)
    expect(facts.transportPort).toBeGreaterThan(transport ?? 0)
    expect(facts.httpPort).not.toBe(facts.transportPort)
    expect(facts.portNotes).toEqual([expect.stringContaining(`Port ${http} is in use`), expect.stringContaining(`Port ${transport} is in use`)])
  } finally {
    await Promise.all(running.map((server) => new Promise((done) => server.close(done))))
  }
})

test('a name that was chosen, and that another node has, is refused instead of changed', async () => {
  const home = await homeWith(9200, 9300)
  await expect(joinFacts(home, nothing, { nodeName: 'alpha' }, clusterOf('alpha'), env)).rejects.toMatchObject({ code: 'join_name_taken' })
  await expect(joinFacts(home, readSettings('node.name: alpha', {}), {}, clusterOf('alpha'), env)).rejects.toMatchObject({ code: 'join_name_taken' })
})

test('settings that name another cluster are refused', async () => {
  await expect(joinFacts(await homeWith(9200, 9300), readSettings('cluster.name: other', {}), {}, clusterOf('alpha'), env)).rejects.toMatchObject({ code: 'join_other_name' })
})
