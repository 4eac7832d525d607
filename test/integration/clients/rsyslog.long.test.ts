import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { inBetween, ofAnotherName, ofSameName, type FalseCluster } from '../../support/false-clusters.ts'

// rsyslog has no page of its own among the clients; docs/clients.md has its settings and what came out.

test('rsyslog sends its login to the cluster whose CA it was given, and to nobody in its place', { timeout: 60_000 }, async () => {
  const real = await ofSameName('9.4.3')
  const others = [await ofSameName('9.4.3'), await inBetween(real.caPem, '9.4.3')]
  const elsewhere = await ofAnotherName('9.4.3')
  try {
    expect(await outcome(real, real.caPem)).toBe('login')
    for (const other of others) expect(await outcome(other, real.caPem)).toBe('refused')
    expect(await outcome(elsewhere, elsewhere.caPem)).toBe('refused')
  } finally {
    await Promise.all([real, ...others, elsewhere].map((one) => one.close()))
  }
})

/** What rsyslog does with one line for this server: it logs in, or suspends its output since it does not trust what is presented. */
async function outcome(server: FalseCluster, caPem: string): Promise<'login' | 'refused'> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-rsyslog-'))
  const inFolder = (name: string): string => join(folder, name)
  await writeFile(inFolder('ca.crt'), caPem)
  await writeFile(inFolder('in.log'), 'a line\n')
  await writeFile(inFolder('rsyslog.conf'), settings(server.url, inFolder))
  const env = { PATH: process.env.PATH, ELASTIC_PASSWORD: 'a-pass' }
  const rsyslog = spawn('rsyslogd', ['-n', '-i', inFolder('pid'), '-f', inFolder('rsyslog.conf')], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(rsyslog, 'exit')
  try {
    for await (const line of createInterface({ input: rsyslog.stderr })) {
      if (/suspending ourself/.test(line)) return server.gotLogin() ? 'login' : 'refused'
      // What is no answer to a bulk request: it was sent, and the login with it.
      if (/elasticsearch reply/.test(line)) return server.gotLogin() ? 'login' : 'refused'
    }
    throw new Error('rsyslog ended')
  } finally {
    rsyslog.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

function settings(url: string, inFolder: (name: string) => string): string {
  return `module(load="omelasticsearch")
module(load="imfile")
global(workDirectory="${inFolder('')}")
input(type="imfile" file="${inFolder('in.log')}" tag="test")
action(type="omelasticsearch" server="${url}" uid="elastic" pwd=\`echo $ELASTIC_PASSWORD\`
  searchIndex="syslog" searchType="" bulkmode="on" tls.cacert="${inFolder('ca.crt')}")
`
}
