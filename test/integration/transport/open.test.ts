import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { isPortTaken } from '../../../engine/installation/ports.ts'
import { reachableAddresses } from '../../../engine/transport/reachable-addresses.ts'
import type { NodeStatus } from '../../../shared/contract/node.ts'
import { firstnode, freePorts, json, type Ended } from '../../cli/firstnode.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { productionMachine, type ProductionMachine } from '../../support/production-machine.ts'

let machine: ProductionMachine
let fresh: FreshHome
let ports: { http: number; transport: number }
let before: Buffer
let password: string
beforeAll(async () => {
  machine = await productionMachine()
})
afterAll(() => machine.remove())
beforeEach(async () => {
  fresh = await freshHome('9.4.3')
  ports = await freePorts()
})
afterEach(async () => {
  await firstnode(['stop', '--home', fresh.home], { java: fresh.java })
  await fresh.remove()
})

const yml = (): Promise<Buffer> => readFile(join(fresh.home, 'config', 'elasticsearch.yml'))

function call(args: readonly string[], env: Readonly<Record<string, string>> = machine.enough): Promise<Ended> {
  return firstnode([...args, '--home', fresh.home, '--json'], { java: fresh.java, env: { ...env, ...(password === undefined ? {} : { ELASTIC_PASSWORD: password }) } })
}

async function setUp(): Promise<number> {
  const up = await call(['up', '--http-port', String(ports.http), '--transport-port', String(ports.transport), '--heap', '512m'])
  expect({ code: up.code, err: up.err }).toMatchObject({ code: 0 })
  password = (json(up) as UpResult).password ?? ''
  before = await yml()
  return (json(up) as UpResult).pid ?? 0
}

const pidNow = async (): Promise<number | undefined> => (json(await call(['status'])) as NodeStatus).node?.pid

test('a node is opened to an address of this machine and listens there, as healthy as before, and is closed again byte for byte', async () => {
  const address = reachableAddresses(networkInterfaces())[0]?.value ?? ''
  const pid = await setUp()
  expect(json(await call(['open']))).toMatchObject({ open: false, opened: false, running: true, published: `127.0.0.1:${ports.transport}` })

  const foreseen = await call(['open', '--transport-host', address, '--yes'], machine.tooFew)
  expect({ code: foreseen.code, told: json(foreseen) }).toMatchObject({ code: 3, told: { error: { code: 'bootstrap_checks_foreseen', message: expect.stringContaining('At most 20000 files') as string } } })
  expect([await yml(), await pidNow()]).toEqual([before, pid])

  const opened = await call(['open', '--transport-host', address, '--yes'])
  expect({ code: opened.code, err: opened.err }).toMatchObject({ code: 0 })
  expect(json(opened)).toMatchObject({
    opened: true,
    addresses: [address],
    sentences: [expect.stringContaining('answers by TLS with its own CA') as string, expect.stringContaining('and that answers') as string, expect.stringMatching(/^The cluster is (green|yellow), with 1 node\.$/) as string],
    transport: { open: true, hosts: [address], published: `${address}:${ports.transport}`, bound: [`${address}:${ports.transport}`] },
  })
  expect((await yml()).toString().match(/^.*transport\.host.*$/gm)).toEqual([`transport.host: ${address}`])
  expect(await pidNow()).not.toBe(pid)
  expect(json(await call(['open', '--transport-host', address, '--yes']))).toMatchObject({ opened: false, changes: [] })

  const closed = await call(['open', '--undo', '--yes'])
  expect({ code: closed.code, err: closed.err }).toMatchObject({ code: 0 })
  expect(json(closed)).toMatchObject({ opened: false, transport: { open: false, published: `127.0.0.1:${ports.transport}` } })
  expect(await yml()).toEqual(before)
  expect(json(await call(['open', '--undo', '--yes']))).toMatchObject({ error: { code: 'nothing_opened' } })
  expect(await isPortTaken(ports.http)).toBe(true)
})
