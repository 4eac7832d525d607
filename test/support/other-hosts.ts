import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { needsRoot } from './needs-root.ts'

const execute = promisify(execFile)

/** A host of a test: a network namespace with an address of its own and a loopback of its own. Disk, users and processes are this machine's. */
export interface OtherHost {
  readonly name: string
  readonly address: string
  /** words that stand before a command, so that it runs there */
  readonly within: readonly [string, ...string[]]
}

export interface OtherHosts {
  readonly hosts: readonly OtherHost[]
  remove(): Promise<void>
}

/** Makes `count` hosts on one network, 10.99.N.1 and on, which reach each other and nothing else. Processes in them are to be ended before `remove`. */
export async function otherHosts(count: number): Promise<OtherHosts> {
  needsRoot('makes network namespaces')
  const id = randomBytes(3).toString('hex')
  const network = `10.99.${1 + (Number.parseInt(id, 16) % 250)}`
  const bridge = `fn-${id}-net`
  const hosts = Array.from({ length: count }, (_, at): OtherHost => {
    const name = `fn-${id}-${at + 1}`
    return { name, address: `${network}.${at + 1}`, within: ['ip', 'netns', 'exec', name] }
  })
  const made: string[] = []
  const remove = async (): Promise<void> => {
    for (const name of made.toReversed()) await ip('netns', 'del', name)
  }
  try {
    await ip('netns', 'add', bridge)
    made.push(bridge)
    await ip('-n', bridge, 'link', 'add', 'net', 'type', 'bridge')
    await ip('-n', bridge, 'link', 'set', 'net', 'up')
    for (const [at, { name, address }] of hosts.entries()) {
      await ip('netns', 'add', name)
      made.push(name)
      await ip('-n', name, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', `port${at}`, 'netns', bridge)
      await ip('-n', bridge, 'link', 'set', `port${at}`, 'master', 'net', 'up')
      await ip('-n', name, 'addr', 'add', `${address}/24`, 'dev', 'eth0')
      await ip('-n', name, 'link', 'set', 'eth0', 'up')
      await ip('-n', name, 'link', 'set', 'lo', 'up')
    }
    return { hosts, remove }
  } catch (thrown) {
    await remove()
    throw thrown
  }
}

async function ip(...words: string[]): Promise<void> {
  await execute('ip', words)
}
