import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '../../../engine/cluster/api-key.ts'
import { withCluster } from '../../../engine/cluster/client.ts'
import { waitUntilAnswering } from '../../../engine/cluster/wait-until-answering.ts'
import { startNode, type StartedNode } from '../../../engine/node/start.ts'
import { stopNode } from '../../../engine/node/stop.ts'
import { clientSnippetsOf } from '../../../engine/setup/client-snippets.ts'
import { byTrust } from '../../../shared/clients/snippets.ts'
import type { ClientName, ClientSnippets, ClientWay } from '../../../shared/contract/clients.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import { Secret } from '../../../shared/secret.ts'
import { clientFolder, type ClientFolder } from '../../support/client-folder.ts'
import { practiceVersions } from '../../support/fresh-home.ts'
import { inBetween, ofAnotherName, ofSameName, type FalseCluster } from '../../support/false-clusters.ts'
import { securedHome, type SecuredHome } from '../node/node-home.ts'

/** Clients of compiled languages compile for minutes the first time. */
const slow = 1_800_000

const realClients = ['curl', 'javascript', 'python', 'python-async', 'java', 'go', 'ruby', 'perl', 'rust'] as const satisfies readonly ClientName[]

describe.each(practiceVersions)('the real clients with a node of Elasticsearch %s', (version) => {
  let home: SecuredHome
  let installation: Installation
  let started: StartedNode
  let between: FalseCluster
  let sameName: FalseCluster
  let elsewhere: FalseCluster
  let found: ClientSnippets
  let apiKey: string

  beforeAll(async () => {
    home = await securedHome(version, { name: "elastic search's é" })
    installation = await home.inspect()
    started = await startNode({ installation, heap: '512m' })
    const { url, caPem, password } = home
    await waitUntilAnswering({ url, caPem, password, died: () => started.died() })
    found = await clientSnippetsOf({ home: home.home }, { url: undefined, keystorePassword: undefined })
    between = await inBetween(caPem, version)
    sameName = await ofSameName(version)
    elsewhere = await ofAnotherName(version)
    await writeFile(join(home.home, 'config', 'other_ca.crt'), elsewhere.caPem)
    const wanted = { name: 'real clients', lifetime: '1h', access: { kind: 'read' as const } }
    apiKey = (await withCluster({ url, caPem, auth: { user: 'elastic', password } }, (cluster) => createApiKey({ cluster, wanted, now: Date.now() }))).apiKey.reveal()
  }, slow)

  afterAll(async () => {
    await between.close()
    await sameName.close()
    await elsewhere.close()
    await stopNode({ installation })
    await started.letGo()
    await home.remove()
  }, slow)

  test.each(realClients)('%s connects as its snippet is printed, with a password and with an API key, and does with another CA what it says', async (name) => {
    const snippet = found.clients[name]
    // Gems are not to be had where this is tested; Debian has the client of 7.17.
    const folder = await clientFolder(name === 'ruby' ? { ...snippet, install: 'true' } : snippet)
    try {
      await folder.install()
      expect(snippet.proved).toBe(name === 'ruby' ? 'part' : 'run')
      for (const way of [snippet, ...(snippet.other === null ? [] : [snippet.other])]) await prove(folder, name, way)
    } finally {
      await folder.remove()
    }
  }, slow)

  async function prove(folder: ClientFolder, name: ClientName, way: ClientWay): Promise<void> {
    const ELASTIC_PASSWORD = home.password.reveal()
    const right = await folder.run(way.code, { ELASTIC_PASSWORD })
    expect(right, `${way.trust}: ${right.err}`).toMatchObject({ code: 0, out: expect.stringContaining(version) })
    expect(await folder.run(way.code, { ELASTIC_API_KEY: apiKey })).toMatchObject({ code: 0, out: expect.stringContaining(version) })
    expect((await folder.run(way.code, { ELASTIC_PASSWORD: 'wrong' })).code).not.toBe(0)
    const another = await folder.run(anotherCa(way), { ELASTIC_PASSWORD })
    expect(another.code).not.toBe(0)
    expect(another.out).not.toContain(version)
    // Neither by its file nor by its fingerprint is a CA taken for another one of the same name.
    const confused = await folder.run(way.code.replaceAll(found.url, sameName.url), { ELASTIC_PASSWORD })
    expect({ way: way.trust, ended: confused.code === 0, login: sameName.gotLogin() }).toEqual({ way: way.trust, ended: false, login: false })
    // What `checks` says: by the file nobody in between gets a login, by the fingerprint alone somebody does.
    const fooled = await folder.run(way.code.replaceAll(found.url, between.url), { ELASTIC_PASSWORD })
    expect({ trust: way.trust, ended: fooled.code === 0, login: between.gotLogin() }).toEqual({ trust: way.trust, ended: way.trust === 'fingerprint', login: way.trust === 'fingerprint' })
    if (way.trust === 'fingerprint') return
    const named = await folder.run(anotherCa(way).replaceAll(found.url, elsewhere.url), { ELASTIC_PASSWORD })
    expect({ name, connected: named.code === 0, login: elsewhere.gotLogin() }).toEqual({ name, connected: !checksName(name), login: !checksName(name) })
  }

  /** The Java client of 9 looks at the chain alone, and says so in `checks`. */
  function checksName(name: ClientName): boolean {
    return found.clients[name].checks.includes('names the host')
  }

  function anotherCa({ code, trust }: ClientWay): string {
    const changed = trust === 'ca' ? code.replaceAll('certs/http_ca.crt', 'other_ca.crt') : code.replace(/[0-9A-F]{2}(?=(?::[0-9A-F]{2}){31}|[0-9A-F]{62})/i, (pair) => (pair.toLowerCase() === 'ab' ? 'cd' : 'ab').toUpperCase())
    expect(changed).not.toBe(code)
    return changed
  }

  test.each([['beats', 'output.elasticsearch'], ['agent', 'outputs.default']] as const)('the settings of %s are read by the library that it reads them with, which verifies the chain and the name by either way', async (name, place) => {
    const snippet = found.clients[name]
    const source = join(import.meta.dirname, 'beats-output')
    const folder = await clientFolder({ install: `cp '${source}'/main.go '${source}'/go.mod '${source}'/go.sum . && go build -o output .`, file: snippet.file, run: `./output ${snippet.file} ${place}` })
    const ELASTIC_PASSWORD = home.password.reveal()
    try {
      await folder.install()
      expect(snippet.proved).toBe('part')
      for (const way of [snippet, ...(snippet.other === null ? [] : [snippet.other])]) {
        expect(await folder.run(way.code, { ELASTIC_PASSWORD })).toMatchObject({ code: 0, out: expect.stringContaining(version) })
        expect((await folder.run(anotherCa(way), { ELASTIC_PASSWORD })).code).toBe(1)
        for (const other of [between, sameName]) expect((await folder.run(way.code.replaceAll(found.url, other.url), { ELASTIC_PASSWORD })).code).toBe(1)
      }
      const named = await folder.run(anotherCa(byTrust(snippet, 'ca')).replaceAll(found.url, elsewhere.url), { ELASTIC_PASSWORD })
      expect({ code: named.code, logins: [between, sameName, elsewhere].map((one) => one.gotLogin()) }).toEqual({ code: 1, logins: [false, false, false] })
    } finally {
      await folder.remove()
    }
  }, slow)

  test('the line before the settings of Kibana has the cluster make a token, which logs in as Kibana', async () => {
    const { install } = found.clients.kibana
    const folder = await clientFolder({ install: 'true', file: 'token.sh', run: 'sh token.sh' })
    try {
      const { code, out, err } = await folder.run(`${install}\nprintf %s "$KIBANA_TOKEN"\n`, { ELASTIC_PASSWORD: home.password.reveal() })
      expect({ code, err }).toEqual({ code: 0, err: '' })
      const answer = await withCluster({ url: found.url, caPem: home.caPem, auth: { serviceToken: new Secret(out) } }, (cluster) => cluster.request({ method: 'GET', path: '/_security/_authenticate' }))
      expect(answer).toMatchObject({ username: 'elastic/kibana' })
    } finally {
      await folder.remove()
    }
  }, slow)
})
