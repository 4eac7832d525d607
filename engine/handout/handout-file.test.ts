import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { loadOpenPgp } from '../download/load-openpgp.ts'
import type { Handout } from './handout.ts'
import { handoutFile } from './handout-file.ts'

const caPem = '-----BEGIN CERTIFICATE-----\nMIIFWTCCA0GgAwIBAgIUY2Gz\n-----END CERTIFICATE-----\n'
const password = `a "b",c;'d'$e\\f=é`
const now = new Date('2026-01-02T12:00:00Z')

function handout(change: Partial<Handout> = {}): Handout {
  return {
    url: 'https://es1.example.com:9200',
    username: 'elastic',
    password: new Secret(password),
    caFingerprint: '3f8a1c92',
    caCertificate: '/opt/es/config/certs/http_ca.crt',
    caPem,
    clusterName: 'prod "one", two',
    token: null,
    clientCertificates: false,
    ...change,
  }
}

test('the plain text has address, user, password, fingerprint and certificate, each with what it is for, and no token that nobody asked for', async () => {
  const { text, name, notes } = await handoutFile(handout(), { format: 'plain' }, now)
  expect(name).toBe('elasticsearch-access.txt')
  expect(notes).toEqual(['Anybody who can read the file has the password.'])
  for (const part of ['https://es1.example.com:9200', '  elastic\n', `  ${password}\n`, '  3f8a1c92\n', '  MIIFWTCCA0GgAwIBAgIUY2Gz\n', '/opt/es/config/certs/http_ca.crt', 'Saved by Firstnode on 2026-01-02', 'superuser']) expect(text).toContain(part)
  expect(text).not.toMatch(/token/i)
})

test('where clients need a certificate of their own the file and its notes say so', async () => {
  const { text, notes } = await handoutFile(handout({ clientCertificates: true }), { format: 'plain' }, now)
  expect(text).toMatch(/Client certificates\n.*present a certificate[^]*--cert/)
  expect(notes[0]).toContain('present a certificate')
  const plain = await handoutFile(handout(), { format: 'plain' }, now)
  expect(`${plain.text}${plain.notes.join(' ')}`).not.toContain('present a certificate')
})

test('a token that was asked for stands in it with the moment at which it ends', async () => {
  const token = { scope: 'kibana' as const, token: 'eyJ2ZXIi', createdAt: 0, expiresAt: Date.UTC(2026, 0, 2, 12, 30) }
  expect((await handoutFile(handout({ token }), { format: 'plain' }, now)).text).toMatch(/Enrollment token for Kibana\nWorks until 2026-01-02 12:30 UTC, then never again.*\n\n {2}eyJ2ZXIi\n/)
  expect((await handoutFile(handout({ token }), { format: 'keepass' })).text).toContain('Enrollment token for Kibana, until 2026-01-02 12:30 UTC: eyJ2ZXIi')
})

test('where the node did not answer, what is saved says that the password was not tried', async () => {
  expect((await handoutFile(handout({ clusterName: null }), { format: 'plain' })).notes[0]).toMatch(/could not be tried/)
})

test('what is closed with a passphrase is opened by it, and by no other', async () => {
  const { text } = await handoutFile(handout(), { format: 'openpgp', passphrase: new Secret('correct horse é') }, now)
  const plain = (await handoutFile(handout(), { format: 'plain' }, now)).text
  expect(text).toMatch(/^-----BEGIN PGP MESSAGE-----/)
  expect(text).not.toContain('elastic')
  const { decrypt, readMessage } = await loadOpenPgp()
  const opened = await decrypt({ message: await readMessage({ armoredMessage: text }), passwords: 'correct horse é', expectSigned: false })
  expect(opened.data).toBe(plain)
  await expect(decrypt({ message: await readMessage({ armoredMessage: text }), passwords: 'correct horse' })).rejects.toThrow(/decrypt/)
})

test.skipIf(spawnSync('gpg', ['--version']).status !== 0)('GnuPG opens it', async () => {
  const { text } = await handoutFile(handout(), { format: 'openpgp', passphrase: new Secret('correct horse é') }, now)
  expect(await openedByGpg(text, 'correct horse é')).toBe((await handoutFile(handout(), { format: 'plain' }, now)).text)
})

test('an OpenPGP file without a passphrase is refused', async () => {
  await expect(handoutFile(handout(), { format: 'openpgp' })).rejects.toMatchObject({ code: 'passphrase_needed' })
  await expect(handoutFile(handout(), { format: 'openpgp', passphrase: new Secret('') })).rejects.toMatchObject({ code: 'passphrase_needed' })
})

const expected = {
  '1password': { Title: 'TITLE', Website: 'URL', Username: 'elastic', Password: password, Notes: 'NOTES' },
  bitwarden: { folder: '', favorite: '', type: 'login', name: 'TITLE', notes: 'NOTES', fields: '', reprompt: '0', login_uri: 'URL', login_username: 'elastic', login_password: password, login_totp: '' },
  keepass: { Group: 'Elasticsearch', Title: 'TITLE', Username: 'elastic', Password: password, URL: 'URL', Notes: 'NOTES' },
} as const

test.skipIf(spawnSync('python3', ['--version']).status !== 0).for(['1password', 'bitwarden', 'keepass'] as const)(
  'another program reads the CSV for %s: its columns, in their order, values with quotes, commas and line ends as they are',
  async (format) => {
    const { text } = await handoutFile(handout(), { format })
    const values: Record<string, string> = { TITLE: 'Elasticsearch prod "one", two at es1.example.com:9200', URL: 'https://es1.example.com:9200', NOTES: `CA fingerprint (SHA-256): 3f8a1c92\nCA certificate:\n${caPem.trim()}` }
    const rows = await readByPython(text)
    expect(rows).toEqual([Object.keys(expected[format]), Object.values(expected[format]).map((value) => values[value] ?? value)])
  },
)

/** Python's own reader of CSV. */
async function readByPython(text: string): Promise<unknown> {
  return withFile(text, async (file) => {
    const script = 'import csv, json, sys\nwith open(sys.argv[1], newline="", encoding="utf-8") as f: print(json.dumps(list(csv.reader(f, strict=True))))'
    return JSON.parse((await promisify(execFile)('python3', ['-c', script, file])).stdout)
  })
}

async function openedByGpg(text: string, passphrase: string): Promise<string> {
  return withFile(text, async (file, folder) => {
    const opening = promisify(execFile)('gpg', ['--homedir', folder, '--batch', '--quiet', '--no-autostart', '--pinentry-mode', 'loopback', '--passphrase-fd', '0', '--decrypt', file])
    opening.child.stdin?.end(passphrase)
    return (await opening).stdout
  })
}

async function withFile<T>(text: string, use: (file: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-handout-'))
  try {
    await writeFile(join(folder, 'file'), text)
    return await use(join(folder, 'file'), folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
