import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { chown, mkdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { folderTree } from '../../test/support/folder-tree.ts'
import { renewalWords } from '../../shared/renewal-words.ts'
import { Secret } from '../../shared/secret.ts'
import { applyKibana, isKibanaUnfinished, undoKibana } from '../kibana/kibana-changes.ts'
import { inspectKibana } from '../kibana/kibana-home.ts'
import { planKibana } from '../kibana/kibana-plan.ts'
import { enrolled } from '../kibana/testing/enrolled.ts'
import { applyPlan } from '../plan/apply.ts'
import { sha256 } from '../plan/entry.ts'
import { settle } from '../plan/settled.ts'
import { undoFiles } from '../plan/undo.ts'
import { undoLast } from '../plan/undo-last.ts'
import { unfinishedIn } from '../plan/unfinished.ts'
import { fingerprintOf, makeNodeCertificates, toPem } from '../security/certificates.ts'
import { readEnrollmentCa } from '../security/enrollment-ca.ts'
import { readHttpCa, readStorePasswords } from '../security/http-ca.ts'
import { readNamedStore } from '../security/http-tls.ts'
import { writeStore } from '../security/pkcs12-write.ts'
import { codeOf } from '../security/testing/code-of.ts'
import { jksPasswords, jksStores } from '../security/testing/jks-stores.ts'
import { smallKey, smallKeys } from '../security/testing/small-keys.ts'
import { renewalWork } from './carry-out-renewal.ts'
import { draftRenewal, type Renewal } from './renewal.ts'
import { configuredHome, type ConfiguredHome } from './testing/configured-home.ts'
import { previewRenewalUndo, renewalUndoWork } from './undo-renewal.ts'

const quiet = { signal: new AbortController().signal, onProgress: () => undefined }
const drafts: Renewal[] = []
afterEach(() => drafts.splice(0).forEach((renewal) => renewal.discard()))

interface More {
  readonly san?: string[]
  readonly authority?: boolean
  readonly keystorePassword?: Secret
}

async function draft({ home }: ConfiguredHome, more: More = {}): Promise<Renewal> {
  const renewal = await draftRenewal({ target: { home }, ...more }, smallKey)
  drafts.push(renewal)
  return renewal
}
const renewed = async (home: ConfiguredHome, more: More = {}) =>
  (await renewalWork(await draft(home, more))(quiet)).sentences ?? []
const undone = (home: ConfiguredHome) => renewalUndoWork({ home: home.home }, home.config)(quiet)
const store = (home: ConfiguredHome): string => join(home.config, 'certs', 'http.p12')
const ymlOf = (home: ConfiguredHome): string => join(home.config, 'elasticsearch.yml')

async function passwordOf(home: ConfiguredHome): Promise<Secret> {
  return (await readStorePasswords({ installation: await home.inspect() })).http ?? new Secret('')
}

/** The node's certificate as OpenSSL takes it out of the keystore. */
async function leafOf(home: ConfiguredHome, password?: Secret): Promise<X509Certificate> {
  const input = (password ?? (await passwordOf(home))).reveal()
  const pem = execFileSync('openssl', ['pkcs12', '-in', store(home), '-nokeys', '-passin', 'stdin'], {
    input,
    stdio: ['pipe', 'pipe', 'ignore'],
  }).toString()
  const all = (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (one) => new X509Certificate(one),
  )
  const leaf = all.find(({ ca }) => !ca)
  if (leaf === undefined) throw new Error('no certificate of a node')
  return leaf
}

/** What OpenSSL says of a certificate and the CA that clients hold. */
async function verified(home: ConfiguredHome, leaf: X509Certificate): Promise<string> {
  const path = join(home.config, 'leaf.crt')
  await writeFile(path, toPem(leaf.raw))
  const said = execFileSync('openssl', [
    'verify',
    '-CAfile',
    join(home.config, 'certs', 'http_ca.crt'),
    '-purpose',
    'sslserver',
    path,
  ]).toString()
  await rm(path)
  return said
}

test.each([
  ['that is valid', 600],
  ['that has ended', 731],
])(
  'a certificate %s is renewed for two years or as long as its CA: a new key, the same password, names and CA',
  async (_, daysAgo) => {
    const home = await configuredHome({ daysAgo, san: ['by-hand.example.org', '192.0.2.77'] })
    const [old, ca, before] = [
      await leafOf(home),
      await readFile(join(home.config, 'certs', 'http_ca.crt'), 'utf8'),
      await stat(store(home)),
    ]
    const password = await passwordOf(home)
    const sentences = await renewed(home, { san: ['es.example.org', '10.0.0.5'] })
    const leaf = await leafOf(home, password)
    expect(await verified(home, leaf)).toContain('OK')
    expect(leaf.serialNumber).not.toBe(old.serialNumber)
    expect(leaf.publicKey.equals(old.publicKey)).toBe(false)
    expect(leaf.subject).toBe(old.subject)
    const names = (one: X509Certificate): string[] => (one.subjectAltName ?? '').split(', ')
    expect(names(leaf)).toEqual(
      expect.arrayContaining([...names(old), 'DNS:es.example.org', 'IP Address:10.0.0.5', 'DNS:by-hand.example.org']),
    )
    expect(new Set(names(leaf)).size).toBe(names(leaf).length)
    const caEnds = Date.parse(new X509Certificate(ca).validTo)
    expect(Date.parse(leaf.validTo)).toBe(caEnds)
    expect(await readFile(join(home.config, 'certs', 'http_ca.crt'), 'utf8')).toBe(ca)
    const { mode, uid, gid } = await stat(store(home))
    expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid })
    expect(sentences[0]).toContain('The node uses it from its next start.')
    const named = await readNamedStore({ installation: await home.inspect() })
    expect(named?.store.keys.map(({ alias }) => alias)).toEqual(['http_ca', 'http'])
  },
)

test('a certificate whose key is not the one in the keystore is not written', async () => {
  const home = await configuredHome()
  const before = await folderTree(home.config)
  const [{ publicKey }, { privateKey }] = [await smallKey(), await smallKey()]
  const renewal = await draftRenewal({ target: { home: home.home } }, async () => ({ publicKey, privateKey }))
  drafts.push(renewal)
  expect(await codeOf(() => renewal.complete())).toBe('renew_not_verified')
  expect(await codeOf(() => renewalWork(renewal)(quiet))).toBe('renew_not_verified')
  expect(await folderTree(home.config)).toEqual(before)
})

test('a fresh one ends after 730 days', async () => {
  const { preview } = await draft(await configuredHome())
  expect(Math.round((preview.newUntil - Date.now()) / 86_400_000)).toBe(730)
  expect(preview).toMatchObject({
    node: 'stopped',
    added: [],
    changes: [{ action: 'change', secret: true, diff: null }],
  })
})

test('undo restores it byte for byte with its times, the newest of several first', async () => {
  const home = await configuredHome({ daysAgo: 600 })
  const trees = [await folderTree(home.config)]
  await renewed(home)
  const first = await readFile(store(home))
  await renewed(home)
  expect(await previewRenewalUndo({ home: home.home })).toMatchObject({
    restored: [store(home)],
    kept: [],
    node: 'stopped',
  })
  await undone(home)
  expect(await readFile(store(home))).toEqual(first)
  await undone(home)
  expect(await folderTree(home.config)).toEqual(trees[0])
  expect(await codeOf(() => undone(home))).toBe('nothing_renewed')
})

test('a renewal and an opening lie one on the other, and each is undone alone', async () => {
  const home = await configuredHome()
  const [keystore, yml] = [await readFile(store(home)), await readFile(ymlOf(home))]
  const open = async (text: string): Promise<void> => {
    const before = await readFile(ymlOf(home))
    const owner = { uid: (await stat(home.config)).uid, gid: (await stat(home.config)).gid }
    await applyPlan(
      {
        kind: 'opening',
        title: 'open',
        changes: [
          {
            kind: 'write',
            path: ymlOf(home),
            content: Buffer.concat([before, Buffer.from(text)]),
            replaces: sha256(before),
            mode: 0o660,
            owner,
            secret: false,
            note: '',
          },
        ],
      },
      { config: home.config, owner },
    )
    await settle(home.config)
  }
  await open('transport.host: 127.0.0.1\n')
  await renewed(home)
  await undoLast(home.config, 'opening')
  expect([await readFile(ymlOf(home)), (await readFile(store(home))).equals(keystore)]).toEqual([yml, false])
  await open('transport.host: 127.0.0.1\n')
  await undone(home)
  expect(await readFile(store(home))).toEqual(keystore)
  await undoLast(home.config, 'opening')
  expect(await readFile(ymlOf(home))).toEqual(yml)
})

test('undo of the whole set-up takes a renewal upon it back as well, byte for byte', async () => {
  const home = await configuredHome({ applied: true })
  await renewed(home)
  await renewed(home, { authority: true })
  await undoFiles(home.config)
  expect(await folderTree(home.config)).toEqual(home.before)
})

test('one that was interrupted is named with the command that ends it, and the next renewal puts it back first', async () => {
  const home = await configuredHome()
  const keystore = await readFile(store(home))
  const renewal = await draft(home)
  const { plan } = await renewal.complete()
  const owner = { uid: (await stat(home.config)).uid, gid: (await stat(home.config)).gid }
  await applyPlan(plan, { config: home.config, owner })
  expect(await unfinishedIn(home.config)).toBe('renew')
  expect((await home.inspect()).unfinished).toMatchObject({ code: 'unfinished_renewal', command: 'renew --undo' })
  await draft(home)
  expect([await unfinishedIn(home.config), await readFile(store(home))]).toEqual([null, keystore])
  await applyPlan(plan, { config: home.config, owner })
  await undone(home)
  expect([await unfinishedIn(home.config), await readFile(store(home))]).toEqual([null, keystore])
})

test('a locked keystore is opened by its password, and stays as it is', async () => {
  const home = await configuredHome({ locked: 'locked up' })
  const before = await readFile(join(home.config, 'elasticsearch.keystore'))
  expect(await codeOf(() => draft(home))).toBe('keystore_locked')
  expect(await codeOf(() => draft(home, { keystorePassword: new Secret('another') }))).toBe('keystore_wrong_password')
  await renewed(home, { keystorePassword: new Secret('locked up') })
  expect(await readFile(join(home.config, 'elasticsearch.keystore'))).toEqual(before)
})

/** Lays a keystore of one's own where the settings name it, with a password in the settings. */
async function ownStore(home: ConfiguredHome, content: Uint8Array): Promise<void> {
  await rm(join(home.config, 'elasticsearch.keystore'), { force: true })
  await writeFile(
    ymlOf(home),
    'xpack.security.http.ssl: {enabled: true, keystore: {path: certs/http.p12, password: own pass}}\n',
  )
  await writeFile(store(home), content)
}
const ownPassword = new Secret('own pass')

test.each([
  ['renew_no_tls', async (home: ConfiguredHome) => writeFile(ymlOf(home), '')],
  [
    'renew_pem',
    async (home: ConfiguredHome) => {
      const made = await makeNodeCertificates({ keys: await smallKeys(), nodeName: 'n', names: [], now: new Date() })
      await writeFile(join(home.config, 'http.crt'), toPem(made.http))
      await writeFile(ymlOf(home), 'xpack.security.http.ssl: {enabled: true, certificate: http.crt, key: http.key}\n')
    },
  ],
  [
    'renew_jks',
    async (home: ConfiguredHome) => {
      await ownStore(home, jksStores.node)
      await writeFile(
        ymlOf(home),
        `xpack.security.http.ssl: {enabled: true, keystore: {path: certs/http.p12, password: ${jksPasswords.store}}}\n`,
      )
    },
  ],
  [
    'renew_no_ca_key',
    async (home: ConfiguredHome) => {
      const keys = await smallKeys()
      const made = await makeNodeCertificates({ keys, nodeName: 'n', names: ['localhost'], now: new Date() })
      await ownStore(
        home,
        await writeStore(
          {
            keys: [{ alias: 'http', key: keys.http.privateKey, chain: [made.http, made.httpCa], madeAt: 1 }],
            trusted: [],
          },
          ownPassword,
        ),
      )
    },
  ],
  [
    'renew_no_certificate',
    async (home: ConfiguredHome) => {
      const keys = await smallKeys()
      const made = await makeNodeCertificates({ keys, nodeName: 'n', names: ['localhost'], now: new Date() })
      await ownStore(
        home,
        await writeStore(
          { keys: [{ alias: 'http_ca', key: keys.httpCa.privateKey, chain: [made.httpCa], madeAt: 1 }], trusted: [] },
          ownPassword,
        ),
      )
    },
  ],
  [
    'renew_other_ca_file',
    async (home: ConfiguredHome) => {
      const made = await makeNodeCertificates({ keys: await smallKeys(), nodeName: 'n', names: [], now: new Date() })
      await writeFile(join(home.config, 'certs', 'http_ca.crt'), toPem(made.httpCa))
    },
  ],
  ['store_torn', async (home: ConfiguredHome) => writeFile(store(home), 'torn')],
  ['http_ca_unknown', async (home: ConfiguredHome) => rm(store(home))],
])('it is refused with %s, and the home is as it was', async (code, spoil) => {
  const home = await configuredHome()
  await spoil(home)
  const before = await folderTree(home.config)
  expect(await codeOf(() => draft(home))).toBe(code)
  expect(await folderTree(home.config)).toEqual(before)
})

test.each([
  ['that is valid', 1000, 1],
  ['that has ended', 1100, 1],
  ['that ended four years ago', 1095 + 4 * 365, 3],
])(
  'a CA %s is issued again with the same key, name and key identifier, three years longer each time: old and new accept old and new certificates',
  async (_, daysAgo, times) => {
    const home = await configuredHome({ daysAgo })
    const path = join(home.config, 'certs', 'http_ca.crt')
    const before = await folderTree(home.config)
    const [oldCa, oldLeaf] = [new X509Certificate(await readFile(path)), await leafOf(home)]
    const sentences = await renewed(home, { authority: true })
    const [ca, leaf] = [new X509Certificate(await readFile(path)), await leafOf(home)]
    expect(sentences[0]).toContain(ca.fingerprint256.replaceAll(':', '').toLowerCase())
    expect(ca.publicKey.equals(oldCa.publicKey)).toBe(true)
    expect([ca.subject, ca.keyUsage, ca.ca]).toEqual([oldCa.subject, oldCa.keyUsage, true])
    expect(Math.round((Date.parse(ca.validTo) - Date.parse(oldCa.validTo)) / 86_400_000)).toBe(times * 1095)
    expect(Date.parse(ca.validTo) - Date.now()).toBeGreaterThan(700 * 86_400_000)
    for (const one of [oldCa, ca])
      for (const other of [oldLeaf, leaf]) expect(other.checkIssued(one) && other.verify(one.publicKey)).toBe(true)
    expect(await verified(home, leaf)).toContain('OK')
    const named = await readNamedStore({ installation: await home.inspect() })
    expect(named?.store.keys.map(({ alias }) => alias)).toEqual(['http_ca', 'http'])
    expect(
      named?.store.certificates
        .filter(({ certificate }) => new X509Certificate(certificate).ca)
        .every(({ certificate }) => certificate.equals(ca.raw)),
    ).toBe(true)
    expect(await readEnrollmentCa({ installation: await home.inspect() })).toBe(
      ca.fingerprint256.replaceAll(':', '').toLowerCase(),
    )
    await undone(home)
    expect(await folderTree(home.config)).toEqual(before)
  },
)

test('every node of a cluster issues the same CA certificate, whenever it does', async () => {
  const [one, other] = [await configuredHome({ daysAgo: 1000 }), await configuredHome()]
  // The same CA, as an enrolled node has it.
  for (const name of ['certs/http.p12', 'certs/http_ca.crt', 'elasticsearch.keystore'])
    await writeFile(join(other.config, name), await readFile(join(one.config, name)))
  await renewed(one, { authority: true })
  await renewed(other, { authority: true })
  const texts = await Promise.all(
    [one, other].map(({ config }) => readFile(join(config, 'certs', 'http_ca.crt'), 'utf8')),
  )
  expect(texts[0]).toBe(texts[1])
  expect((await leafOf(one)).raw.equals((await leafOf(other)).raw)).toBe(false)
})

test.each([
  ['beside it', 'certs/real', '.'],
  ['outside the config directory', '../elsewhere', '../../elsewhere'],
])('files that are links to files %s: the links stay, their targets change, and undo restores them', async (_, at, leads) => {
  const home = await configuredHome({ daysAgo: 600 })
  const [certs, real] = [join(home.config, 'certs'), join(home.config, at)]
  const folder = leads === '.' ? certs : real
  await mkdir(folder, { recursive: true })
  const { uid, gid } = await stat(home.config)
  await chown(folder, uid, gid)
  for (const name of ['http.p12', 'http_ca.crt']) {
    await rename(join(certs, name), join(folder, `real-${name}`))
    await symlink(join(leads, `real-${name}`), join(certs, name))
  }
  const trees = async (): Promise<unknown> => [await folderTree(home.config), await folderTree(folder)]
  const before = await trees()
  const [old, password] = [await leafOf(home), await passwordOf(home)]
  await renewed(home, { authority: true })
  const leaf = await leafOf(home, password)
  expect(leaf.serialNumber).not.toBe(old.serialNumber)
  expect(await verified(home, leaf)).toContain('OK')
  for (const name of ['http.p12', 'http_ca.crt'])
    expect(await readlink(join(certs, name))).toBe(join(leads, `real-${name}`))
  await undone(home)
  expect(await trees()).toEqual(before)
})

test('a keystore that is a link to nothing is refused', async () => {
  const home = await configuredHome({ daysAgo: 600 })
  await rename(store(home), `${store(home)}.away`)
  await symlink('nowhere.p12', store(home))
  const before = await folderTree(home.config)
  expect(await codeOf(() => draft(home))).not.toBe('none')
  expect(await folderTree(home.config)).toEqual(before)
})

test('a Kibana that is connected by the old fingerprint, or has a copy of the old CA, is told', async () => {
  const home = await configuredHome()
  const kibana = join(home.home, '..', `${basename(home.home)}-kibana`)
  onTestFinished(() => rm(kibana, { recursive: true, force: true }))
  for (const folder of ['bin', 'config', 'data']) await mkdir(join(kibana, folder), { recursive: true })
  await writeFile(join(kibana, 'package.json'), JSON.stringify({ name: 'kibana', version: '8.13.0', branch: '8.13' }))
  const copy = join(kibana, 'data', 'ca.crt')
  await writeFile(copy, home.made.caPem)
  await writeFile(
    join(kibana, 'config', 'kibana.yml'),
    `elasticsearch.ssl.certificateAuthorities: ['${copy}']\nxpack.fleet.outputs: [{id: o, ca_trusted_fingerprint: ${home.made.caFingerprint}}]\n`,
  )
  const { preview } = await draft(home, { authority: true })
  expect(preview.authority).toMatchObject({
    oldFingerprint: home.made.caFingerprint,
    kibanas: [{ settingsFile: join(kibana, 'config', 'kibana.yml'), fingerprint: true, copy, changed: false }],
  })
  expect(renewalWords({ planId: '', ...preview }).join(' ')).toContain(
    `change ca_trusted_fingerprint in ${join(kibana, 'config', 'kibana.yml')}, copy ${join(home.config, 'certs', 'http_ca.crt')} to ${copy}, then restart it.`,
  )
})

describe('a Kibana that Firstnode connected', () => {
  async function connected() {
    const home = await configuredHome()
    const path = join(home.home, '..', `${basename(home.home)}-kibana`)
    onTestFinished(() => rm(path, { recursive: true, force: true }))
    for (const folder of ['bin', 'config', 'data']) await mkdir(join(path, folder), { recursive: true })
    await writeFile(join(path, 'package.json'), JSON.stringify({ name: 'kibana', version: '8.13.0', branch: '8.13' }))
    const settings = join(path, 'config', 'kibana.yml')
    await writeFile(settings, '# \xe9 as it comes\n')
    const kibana = await inspectKibana({ home: path })
    const { caPem, caFingerprint } = home.made
    const plan = await planKibana(kibana, { ...enrolled, caPem, caFingerprint }, 1_764_064_000_000)
    await applyKibana(kibana, plan)
    return { home, kibana, path, settings, copy: plan.caPath, fresh: () => inspectKibana({ home: path }) }
  }
  const held = (home: ConfiguredHome): Promise<string> => readFile(join(home.config, 'certs', 'http_ca.crt'), 'utf8')
  const fingerprintIn = (pem: string): string => fingerprintOf(new X509Certificate(pem).raw)

  test('gets the new CA certificate and its fingerprint, and an undo restores both byte for byte', async () => {
    const { home, path, settings, copy, fresh } = await connected()
    const theirs = async () => (await folderTree(path)).filter((line) => !line.includes('/.firstnode'))
    const [tree, text] = [await theirs(), await readFile(settings, 'utf8')]
    const renewal = await draft(home, { authority: true })
    expect(renewal.preview.authority?.kibanas).toMatchObject([{ home: path, changed: true }])
    expect(renewal.preview.changes.map((change) => change.path)).toEqual(expect.arrayContaining([settings, copy]))
    expect(await theirs()).toEqual(tree)
    const { sentences } = await renewalWork(renewal)(quiet)
    expect(sentences).toContain(`The Kibana in ${path} has the new CA certificate. Restart it.`)
    const pem = await held(home)
    expect(fingerprintIn(pem)).not.toBe(home.made.caFingerprint)
    expect(await readFile(copy, 'utf8')).toBe(pem)
    expect(await readFile(settings, 'utf8')).toBe(text.replace(home.made.caFingerprint, fingerprintIn(pem)))
    expect(await isKibanaUnfinished(await fresh())).toBe(false)
    expect(await previewRenewalUndo({ home: home.home })).toMatchObject({
      kibanas: [{ home: path, restored: [copy, settings] }],
    })
    await undone(home)
    expect(await theirs()).toEqual(tree)
    expect(await held(home)).toBe(home.made.caPem)
  })

  test('keeps what the user added since, through the renewal and its undo', async () => {
    const { home, settings } = await connected()
    await writeFile(settings, `${await readFile(settings, 'utf8')}server.port: 5602\n`)
    const text = await readFile(settings, 'utf8')
    await renewed(home, { authority: true })
    expect(await readFile(settings, 'utf8')).toBe(text.replace(home.made.caFingerprint, fingerprintIn(await held(home))))
    await writeFile(settings, `${await readFile(settings, 'utf8')}server.host: localhost\n`)
    await undone(home)
    expect(await readFile(settings, 'utf8')).toBe(`${text}server.host: localhost\n`)
  })

  test('is disconnected after a renewal as before one', async () => {
    const { home, kibana, settings, copy, fresh } = await connected()
    await renewed(home, { authority: true })
    await undoKibana(await fresh())
    expect(await readFile(settings, 'utf8')).toBe('# \xe9 as it comes\n')
    expect((await folderTree(kibana.data)).join()).not.toContain(basename(copy))
    await undone(home)
    expect(await held(home)).toBe(home.made.caPem)
  })

  test('stays as it is when a later renewal of the HTTP certificate alone is undone', async () => {
    const { home, settings } = await connected()
    await renewed(home, { authority: true })
    await renewed(home)
    const text = await readFile(settings, 'utf8')
    await undone(home)
    expect(await readFile(settings, 'utf8')).toBe(text)
    await undone(home)
    expect(await readFile(settings, 'utf8')).toContain(home.made.caFingerprint)
  })

  test.each([
    ['whose copy of the CA was changed', 'copy'],
    ['whose outputs were changed', 'settings'],
  ] as const)('%s is left alone, with what to do', async (_, file) => {
    const { home, path, ...files } = await connected()
    const text = await readFile(files[file], 'utf8')
    await writeFile(files[file], file === 'copy' ? `${text}\n` : text.replace('name: default', 'name: mine'))
    const tree = await folderTree(path)
    const sentences = await renewed(home, { authority: true })
    expect(sentences.join(' ')).toContain(`The Kibana in ${path} uses the old CA certificate: change`)
    expect(await folderTree(path)).toEqual(tree)
  })
})

test('a CA that has ended issues nothing, nor does a name that is none', async () => {
  expect(await codeOf(async () => draft(await configuredHome({ daysAgo: 1096 })))).toBe('renew_ca_ended')
  expect(await codeOf(async () => draft(await configuredHome(), { san: ['no name'] }))).toBe('bad_san')
})

test('what a keystore of another maker holds stays: subject, kinds of names, purposes, an EC authority with a key identifier of its own, and further entries', async () => {
  const home = await configuredHome()
  const folder = home.config
  const openssl = (...words: string[]): Buffer =>
    execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
  await writeFile(
    join(folder, 'ca.ext'),
    'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=01020304\n',
  )
  await writeFile(
    join(folder, 'leaf.ext'),
    'subjectAltName=DNS:es.example.org,URI:spiffe://example.org/es,email:es@example.org,IP:192.0.2.9\nextendedKeyUsage=serverAuth,clientAuth\nauthorityKeyIdentifier=keyid\n',
  )
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ca.key')
  openssl('req', '-new', '-key', 'ca.key', '-out', 'ca.csr', '-subj', '/O=Exämple/OU=Search/CN=Own CA')
  openssl('x509', '-req', '-in', 'ca.csr', '-signkey', 'ca.key', '-days', '300', '-extfile', 'ca.ext', '-out', 'ca.crt')
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'leaf.key',
    '-out',
    'leaf.csr',
    '-subj',
    '/O=Example/OU=Search/CN=es1',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'leaf.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '30',
    '-extfile',
    'leaf.ext',
    '-out',
    'leaf.crt',
  )
  const pem = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const [ca, leaf] = [new X509Certificate(await pem('ca.crt')), new X509Certificate(await pem('leaf.crt'))]
  const keys = [
    { alias: 'own ca', key: createPrivateKey(await pem('ca.key')), chain: [ca.raw], madeAt: 1 },
    { alias: 'es1', key: createPrivateKey(await pem('leaf.key')), chain: [leaf.raw, ca.raw], madeAt: 2 },
  ]
  const other = (await makeNodeCertificates({ keys: await smallKeys(), nodeName: 'n', names: [], now: new Date() }))
    .httpCa
  await ownStore(
    home,
    await writeStore(
      { keys, trusted: [{ alias: 'another', certificate: other }] },
      ownPassword,
      new Secret('key pass'),
    ),
  )
  await writeFile(
    ymlOf(home),
    'xpack.security.http.ssl: {enabled: true, keystore: {path: certs/http.p12, password: own pass, key_password: key pass}}\n',
  )
  await writeFile(join(home.config, 'certs', 'http_ca.crt'), toPem(ca.raw))
  expect(await codeOf(() => draft(home, { authority: true }))).toBe('renew_ca_key_kind')
  await renewed(home)
  const named = await readNamedStore({ installation: await home.inspect() })
  const now = named?.store.certificates
    .map(({ certificate }) => new X509Certificate(certificate))
    .find((one) => one.subject === leaf.subject)
  if (now === undefined) throw new Error('no certificate')
  expect(now.raw.equals(leaf.raw)).toBe(false)
  expect(now.subjectAltName).toContain(leaf.subjectAltName)
  expect(now.keyUsage).toEqual(leaf.keyUsage)
  expect(await verified(home, now)).toContain('OK')
  expect(named?.store.keys.map(({ alias }) => alias)).toEqual(['own ca', 'es1'])
  expect(named?.store.certificates.filter(({ trusted }) => trusted).map(({ alias }) => alias)).toEqual(['another'])
  expect((await readHttpCa({ installation: await home.inspect() })).fingerprint).toBe(
    ca.fingerprint256.replaceAll(':', '').toLowerCase(),
  )
})

test('an authority whose key is of another kind is refused', async () => {
  const home = await configuredHome()
  const keys = await smallKeys()
  const ed = generateKeyPairSync('ed25519')
  const openssl = (...words: string[]): Buffer =>
    execFileSync('openssl', words, { cwd: home.config, stdio: ['ignore', 'pipe', 'ignore'] })
  await writeFile(join(home.config, 'ca.key'), ed.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  openssl('req', '-x509', '-key', 'ca.key', '-subj', '/CN=Ed', '-days', '300', '-out', 'ca.crt')
  await writeFile(join(home.config, 'leaf.key'), keys.http.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  openssl('req', '-new', '-key', 'leaf.key', '-subj', '/CN=n', '-out', 'leaf.csr')
  openssl(
    'x509',
    '-req',
    '-in',
    'leaf.csr',
    '-CA',
    'ca.crt',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '30',
    '-out',
    'leaf.crt',
  )
  const [ca, leaf] = await Promise.all(
    ['ca.crt', 'leaf.crt'].map(async (name) => new X509Certificate(await readFile(join(home.config, name)))),
  )
  if (ca === undefined || leaf === undefined) throw new Error('openssl made none')
  await ownStore(
    home,
    await writeStore(
      {
        keys: [
          { alias: 'http_ca', key: ed.privateKey, chain: [ca.raw], madeAt: 1 },
          { alias: 'http', key: keys.http.privateKey, chain: [leaf.raw, ca.raw], madeAt: 2 },
        ],
        trusted: [],
      },
      ownPassword,
    ),
  )
  expect(await codeOf(() => draft(home))).toBe('renew_key_kind')
})
