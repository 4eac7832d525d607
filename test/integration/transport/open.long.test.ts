import { appendFile, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { UpResult } from '../../../cli/hand-over.ts'
import { isPortTaken } from '../../../engine/installation/ports.ts'
import { reachableAddresses } from '../../../engine/network/reachable-addresses.ts'
import type { NodeStatus } from '../../../shared/contract/node.ts'
import { begin, firstnode, json, untilSaid, type Ended } from '../../cli/firstnode.ts'
import { freePorts } from '../../support/free-ports.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { lengthy } from '../../support/in-turn.ts'
import { productionMachine, type ProductionMachine } from '../../support/production-machine.ts'

let machine: ProductionMachine
let fresh: FreshHome
let ports: { http: number; transport: number }
let before: Buffer
let password: string | null = null
let address: string
beforeAll(async () => {
  machine = await productionMachine()
  address = reachableAddresses(networkInterfaces())[0]?.value ?? ''
})
afterAll(() => machine.remove())
beforeEach(async () => {
  password = null
  fresh = await freshHome('9.4.3')
  ports = await freePorts()
})
afterEach(async () => {
  await firstnode(['stop', '--home', fresh.home], { java: fresh.java })
  await fresh.remove()
})

const yml = (): Promise<Buffer> => readFile(join(fresh.home, 'config', 'elasticsearch.yml'))

function call(args: readonly string[], env: Readonly<Record<string, string>> = machine.enough): Promise<Ended> {
  return firstnode([...args, '--home', fresh.home, '--json'], { java: fresh.java, env: environment(env) })
}

function environment(env: Readonly<Record<string, string>>): Record<string, string> {
  return { ...env, ...(password === null ? {} : { ELASTIC_PASSWORD: password }) }
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

lengthy('where the node does not start with it, by a check that nobody could foresee, all is put back and the node runs as before', async () => {
  const pid = await setUp()
  const failed = await call(['open', '--transport-host', address, '--yes'], machine.enoughForUs)
  expect({ code: failed.code, told: json(failed) }).toMatchObject({
    code: 4,
    told: { error: { code: 'max_files', message: expect.stringContaining('The settings are as they were before, and the node was started again with them.') as string } },
  })
  expect(await yml()).toEqual(before)
  expect(json(await call(['status']))).toMatchObject({ running: true, answering: true, health: expect.stringMatching(/green|yellow/) as string })
  expect(await pidNow()).not.toBe(pid)
  expect(json(await call(['open']))).toMatchObject({ open: false, opened: false, published: `127.0.0.1:${ports.transport}` })
})

lengthy('an address that somebody else listens on is no harm: all is put back', async () => {
  await setUp()
  const taken = createServer()
  await new Promise<void>((listening) => taken.listen(ports.transport, address, listening))
  try {
    const failed = await call(['open', '--transport-host', address, '--yes'])
    expect({ code: failed.code, told: json(failed) }).toMatchObject({ code: 4, told: { error: { code: 'node_port_taken' } } })
  } finally {
    await new Promise((closed) => taken.close(closed))
  }
  expect(await yml()).toEqual(before)
  expect(json(await call(['status']))).toMatchObject({ running: true, answering: true })
})

lengthy('cancelled while the node starts, all is put back and the node runs as before', async () => {
  await setUp()
  const opening = begin(['open', '--transport-host', address, '--yes', '--home', fresh.home], { java: fresh.java, env: environment(machine.enough) })
  await untilSaid(opening, 'Starting the node')
  opening.child.kill('SIGINT')
  const ended = await opening.ended
  expect(ended).toMatchObject({ code: 130, err: expect.stringContaining('the node was started again') as string })
  expect(await yml()).toEqual(before)
  expect(json(await call(['status']))).toMatchObject({ running: true, answering: true })
})

lengthy('killed in the middle, nobody has to know: the next start puts the settings back', async () => {
  await setUp()
  const opening = begin(['open', '--transport-host', address, '--yes', '--home', fresh.home], { java: fresh.java, env: environment(machine.enough) })
  await untilSaid(opening, 'Stopping the node')
  opening.child.kill('SIGKILL')
  await opening.ended
  expect((await yml()).toString()).toContain(`\ntransport.host: ${address}\n`)
  await call(['stop'])
  const started = await call(['start'])
  expect({ code: started.code, err: started.err }).toMatchObject({ code: 0 })
  expect(await yml()).toEqual(before)
  expect(json(await call(['open']))).toMatchObject({ open: false, opened: false, published: `127.0.0.1:${ports.transport}` })
})

lengthy('a stopped node is opened for its next start, and what is edited afterwards stays when it is closed', async () => {
  await setUp()
  await call(['stop'])
  const host = `_${reachableAddresses(networkInterfaces())[0]?.interface ?? ''}_`
  expect(json(await call(['open', '--transport-host', host, '--yes']))).toMatchObject({ opened: true, transport: { open: true, hosts: [host], bound: [] } })
  const started = await call(['start'])
  expect({ code: started.code, err: started.err }).toMatchObject({ code: 0 })
  expect(json(await call(['open']))).toMatchObject({ open: true, opened: true, published: expect.stringMatching(new RegExp(`:${ports.transport}$`)) as string })
  await appendFile(join(fresh.home, 'config', 'elasticsearch.yml'), 'node.attr.rack: r1\n')
  expect(json(await call(['open', '--undo', '--yes']))).toMatchObject({ transport: { open: false, published: `127.0.0.1:${ports.transport}` } })
  expect((await yml()).toString()).toBe(`${before.toString()}node.attr.rack: r1\n`)
})
