import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTemporaryUser, temporaryUserPlan } from '../cluster/temporary-user.ts'
import { scriptedCluster, type Answer } from '../kibana/testing/scripted-cluster.ts'
import { stateOf } from '../installation/home-state.ts'
import { applyPlan } from '../plan/apply.ts'
import type { Installation } from '../../shared/contract/installation.ts'
import { Secret } from '../../shared/secret.ts'
import { newPassword } from './new-password.ts'

let home: string
let config: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firstnode-password-'))
  config = join(home, 'config')
  await mkdir(config)
  await writeFile(join(config, 'elasticsearch.yml'), 'xpack.security.enabled: true\nxpack.security.http.ssl.enabled: true\n')
})
afterEach(() => rm(home, { recursive: true, force: true }))

const installation = (change: Partial<Installation> = {}): Installation =>
  ({ home, config, layout: 'archive', runAs: null, data: [join(home, 'data')], logs: join(home, 'logs'), version: '9.4.3', state: 'configured', ports: { http: 9200, transport: 9300 }, ...change }) as Installation

test('a password that Elasticsearch would refuse as too short is refused before anything is looked at or written', async () => {
  await expect(newPassword(installation(), { username: 'elastic', password: new Secret('12345') }, undefined)).rejects.toMatchObject({ code: 'password_too_short' })
  expect(await readdir(config)).toEqual(['elasticsearch.yml'])
})

test('a node that does not run is said so, with what to do', async () => {
  const asked = newPassword(installation(), { username: 'elastic', password: null }, undefined)
  await expect(asked).rejects.toMatchObject({ code: 'not_running', remedy: expect.stringContaining('firstnode start') })
  expect(await readdir(config)).toEqual(['elasticsearch.yml'])
})

test('a home without security, and a set-up whose password nobody has yet, are refused', async () => {
  await expect(newPassword(installation({ state: 'unfinished' }), { username: 'elastic', password: null }, undefined)).rejects.toMatchObject({ code: 'unfinished_setup' })
  await writeFile(join(config, 'elasticsearch.yml'), '')
  await expect(newPassword(installation(), { username: 'elastic', password: null }, undefined)).rejects.toMatchObject({ code: 'not_configured' })
})

test('a temporary superuser that a killed process left does not make a configured home an unfinished one', async () => {
  await applyPlan(await temporaryUserPlan(config, makeTemporaryUser(), null), { config, owner: null })
  const settings = new Map([['xpack.security.enabled', 'true']])
  expect(await stateOf(installation(), { settings, trouble: null })).toMatchObject({ state: 'configured', reason: null, unfinished: { kind: 'temporary-user', command: 'start' } })
})

test('an address that is none of https, or holds an account, is refused before anything is asked or written', async () => {
  const asked = (url: string) => newPassword(installation(), { username: 'elastic', password: null, url }, undefined)
  await expect(asked('http://10.0.0.5:9200')).rejects.toMatchObject({ code: 'url_not_https' })
  await expect(asked('https://elastic:hunter2@10.0.0.5:9200')).rejects.toMatchObject({ code: 'url_with_account' })
  expect(await readdir(config)).toEqual(['elasticsearch.yml'])
})

const change = 'PUT /_security/user/elastic/_password'
const elastic: Answer = { status: 200, body: { username: 'elastic' } }

/** Sets a password in a cluster that answers so; the new one is tried for a moment alone. */
async function changedIn(answers: Readonly<Record<string, Answer>>, signal?: AbortSignal): ReturnType<typeof newPassword> {
  const cluster = await scriptedCluster({ [change]: { status: 200, body: {} }, 'GET /_security/_authenticate': elastic, ...answers })
  await mkdir(join(config, 'certs'))
  await writeFile(join(config, 'certs', 'http_ca.crt'), cluster.caPem)
  const wanted = { username: 'elastic', elasticPassword: new Secret('the old one'), password: new Secret('the new one'), url: cluster.url }
  return newPassword(installation(), wanted, signal, { answered: 300, unanswered: 300 })
}

test('a change that was sent and not answered gives the password that may hold, which is proved once it does', async () => {
  expect(await changedIn({ [change]: { status: 0, body: null } })).toMatchObject({ password: 'the new one', answered: true, proved: true })
})

test('where it is not accepted either, the password is given all the same, and not called set', async () => {
  expect(await changedIn({ [change]: { status: 0, body: null }, 'GET /_security/_authenticate': { status: 401, body: {} } })).toMatchObject({ password: 'the new one', answered: false, proved: false })
})

test('one whose change was answered and that is not accepted was set nevertheless', async () => {
  expect(await changedIn({ 'GET /_security/_authenticate': { status: 401, body: {} } })).toMatchObject({ answered: true, proved: false })
})
