import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { applyPlan } from '../plan/apply.ts'
import { conclude } from '../plan/conclude.ts'
import { recover } from '../plan/recover.ts'
import { draftEnv } from './env-draft.ts'
import { gitTakesIn } from './git-takes-in.ts'
import type { Handout } from './handout.ts'

const hasGit = spawnSync('git', ['--version']).status === 0
const handout: Handout = {
  url: 'https://localhost:9200',
  username: 'elastic',
  password: new Secret('pa$$ word'),
  caFingerprint: '3f8a1c92',
  caCertificate: '/opt/es/config/certs/http_ca.crt',
  caPem: '',
  clusterName: 'elasticsearch',
  token: null,
  clientCertificates: false,
}
const variables = { ELASTICSEARCH_URL: 'https://localhost:9200', ELASTIC_USERNAME: 'elastic', ELASTIC_PASSWORD: 'pa$$ word', ELASTIC_CA_FINGERPRINT: '3f8a1c92', ELASTIC_CA_CERT: '/opt/es/config/certs/http_ca.crt' }

let folder: string
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'firstnode-project-')))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const inFolder = (name: string): string => join(folder, name)
const read = (name: string): Promise<string> => readFile(inFolder(name), 'utf8')
const git = (...args: string[]): number | null => spawnSync('git', ['-C', folder, ...args], { env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } }).status

async function write(wish: { gitignore?: boolean } = {}): Promise<void> {
  const { plan, owner } = await draftEnv(handout, { folder, gitignore: wish.gitignore === true })
  await applyPlan(plan, { config: folder, owner })
  await conclude(folder)
}

test('a new .env is for its owner alone, holds what a client needs, and nothing else is left in the folder', async () => {
  const { preview } = await draftEnv(handout, { folder, gitignore: true })
  expect(preview).toMatchObject({ file: inFolder('.env'), git: 'none', changes: [{ action: 'create', secret: true, diff: null }] })
  expect(JSON.stringify(preview)).not.toContain('pa$$')
  await write()
  expect(parseEnv(await read('.env'))).toEqual(variables)
  expect(await readdir(folder)).toEqual(['.env'])
  expect(await isForOwnerAlone(inFolder('.env'))).toBe(true)
})

test('of a .env that is there only these variables change, others cannot read it from then on, and no copy of it is left', async () => {
  await writeFile(inFolder('.env'), '# mine\nPORT=3000\nELASTIC_PASSWORD=old\n', { mode: 0o644 })
  const { preview } = await draftEnv(handout, { folder, gitignore: false })
  expect(preview.sentences[0]).toBe(`${inFolder('.env')} gets a new value for ELASTIC_PASSWORD and is given ELASTICSEARCH_URL, ELASTIC_USERNAME, ELASTIC_CA_FINGERPRINT and ELASTIC_CA_CERT. Nothing else in it changes.`)
  await write()
  expect(await read('.env')).toMatch(/^# mine\nPORT=3000\nELASTIC_PASSWORD='pa\$\$ word'\n/)
  expect(await readdir(folder)).toEqual(['.env'])
  expect(await isForOwnerAlone(inFolder('.env'))).toBe(true)
  expect((await draftEnv(handout, { folder, gitignore: false })).preview).toMatchObject({ changes: [], sentences: [`${inFolder('.env')} says all this already.`] })
})

test('a writing that died half-way is put back before the next', async () => {
  await writeFile(inFolder('.env'), 'ELASTIC_PASSWORD=old\n')
  const { plan, owner } = await draftEnv(handout, { folder, gitignore: false })
  await applyPlan(plan, { config: folder, owner })
  await recover(folder)
  expect(await read('.env')).toBe('ELASTIC_PASSWORD=old\n')
  expect(await readdir(folder)).toEqual(['.env'])
})

test.skipIf(process.platform === 'win32')('a link in the place of .env is refused, and so are bytes that are no text', async () => {
  await writeFile(inFolder('elsewhere'), '')
  await symlink('elsewhere', inFolder('.env'))
  await expect(draftEnv(handout, { folder, gitignore: false })).rejects.toMatchObject({ code: 'env_is_a_link' })
  await rm(inFolder('.env'))
  await writeFile(inFolder('.env'), Buffer.from([0x41, 0x3d, 0xff, 0xfe]))
  await expect(draftEnv(handout, { folder, gitignore: false })).rejects.toMatchObject({ code: 'env_no_text' })
})

test('a path of the CA certificate that shells and programs would read apart is left out, and told', async () => {
  const { preview } = await draftEnv({ ...handout, caCertificate: `/it's "es"/http_ca.crt` }, { folder, gitignore: false })
  expect(preview.sentences.join(' ')).toMatch(/new: ELASTICSEARCH_URL, ELASTIC_USERNAME, ELASTIC_PASSWORD and ELASTIC_CA_FINGERPRINT\..*ELASTIC_CA_CERT is left out/)
})

test('the preview says which values a reader changes that expands variables, and which ones docker run keeps in quotes', async () => {
  const told = async (password: string) => (await draftEnv({ ...handout, password: new Secret(password) }, { folder, gitignore: false })).preview.sentences.join(' ')
  expect(await told('a$HOME')).toMatch(/ELASTIC_PASSWORD contains a \$ before a name\..*Vite.* ELASTIC_PASSWORD is in quotes\. docker run --env-file/)
  expect(await told('pa$$ word')).not.toContain('before a name')
  expect(await told('plain-1')).not.toMatch(/before a name|in quotes/)
})

test('a password with a placeholder is refused, and nothing is written', async () => {
  const wish = draftEnv({ ...handout, password: new Secret('a${HOME}b') }, { folder, gitignore: true })
  await expect(wish).rejects.toMatchObject({ code: 'env_value_unwritable', message: expect.stringContaining('${NAME}') })
  expect(await readdir(folder)).toEqual([])
})

test('a folder that is not there is refused', async () => {
  await expect(draftEnv(handout, { folder: inFolder('nowhere'), gitignore: false })).rejects.toMatchObject({ code: 'env_no_folder' })
})

const ignoring = [
  { name: 'no .gitignore', lines: null, view: 'open' },
  { name: '.env', lines: '.env\n', view: 'ignored' },
  { name: '/.env without a line end', lines: '/.env', view: 'ignored' },
  { name: 'a pattern', lines: 'node_modules\n*.env*\n', view: 'ignored' },
  { name: 'a pattern and its exception', lines: '.env*\n!.env\n', view: 'open' },
  { name: 'an exception and lines of Windows', lines: '.env*\r\n!.env\r\n', view: 'open' },
  { name: 'a comment', lines: '# .env\n', view: 'open' },
  { name: 'another file', lines: '.env.local', view: 'open' },
] as const

test.skipIf(!hasGit).for(ignoring)('with $name Git says $view, and with the line added it ignores .env', async ({ lines, view }) => {
  git('init', '--quiet')
  if (lines !== null) await writeFile(inFolder('.gitignore'), lines)
  const { preview } = await draftEnv(handout, { folder, gitignore: true })
  expect(preview.git).toBe(view)
  await write({ gitignore: true })
  expect(git('check-ignore', '--quiet', '.env')).toBe(0)
  git('add', '--all')
  expect(git('ls-files', '--error-unmatch', '.env')).not.toBe(0)
  const after = await readFile(inFolder('.gitignore'), 'utf8')
  expect(after).toBe(view === 'ignored' ? lines : `${lines ?? ''}${lines === null || lines.endsWith('\n') ? '' : '\n'}.env${lines?.includes('\r\n') === true ? '\r\n' : '\n'}`)
})

test.skipIf(!hasGit)('a .gitignore of a folder above counts, and so does what one repository alone ignores', async () => {
  git('init', '--quiet')
  await mkdir(inFolder('app'))
  await writeFile(inFolder('.gitignore'), '.env\n')
  expect(await gitTakesIn(inFolder('app'), '.env')).toBe('ignored')
  await rm(inFolder('.gitignore'))
  expect(await gitTakesIn(inFolder('app'), '.env')).toBe('open')
  await writeFile(inFolder('.git/info/exclude'), '.env\n')
  expect(await gitTakesIn(inFolder('app'), '.env')).toBe('ignored')
})

test.skipIf(!hasGit)('a .env that Git tracks already is told, whatever is ignored', async () => {
  git('init', '--quiet')
  await writeFile(inFolder('.env'), 'A=1\n')
  git('add', '--force', '.env')
  await writeFile(inFolder('.gitignore'), '.env\n')
  const { preview } = await draftEnv(handout, { folder, gitignore: true })
  expect(preview).toMatchObject({ git: 'tracked', changes: [{ path: inFolder('.env') }] })
  expect(preview.sentences.join(' ')).toContain('git rm --cached .env')
})

test.skipIf(!hasGit || process.platform === 'win32')('asking Git runs nothing that the settings of the repository name', async () => {
  git('init', '--quiet')
  await writeFile(inFolder('watch'), `#!/bin/sh\ntouch ${inFolder('ran')}\n`, { mode: 0o755 })
  git('config', 'core.fsmonitor', inFolder('watch'))
  expect(await gitTakesIn(folder, '.env')).toBe('open')
  expect(await readdir(folder)).not.toContain('ran')
})

test('without a Git to ask, that is what is said, and the line is offered all the same', async () => {
  await mkdir(inFolder('.git'))
  const none = () => Promise.reject(new Error('not called'))
  expect(await gitTakesIn(folder, '.env', none, null)).toBe('unknown')
  const { preview } = await draftEnv(handout, { folder, gitignore: true })
  expect(preview).toMatchObject({ git: 'unknown', changes: [{ path: inFolder('.gitignore') }, { path: inFolder('.env') }] })
})

/** Windows keeps to the rights of the folder. */
async function isForOwnerAlone(path: string): Promise<boolean> {
  return process.platform === 'win32' || ((await stat(path)).mode & 0o777) === 0o600
}
