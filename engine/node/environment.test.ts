import { expect, test } from 'vitest'
import { takenSecrets, takeSecrets } from '../secret-variables.ts'
import { nodeEnvironment, withheldNames } from './environment.ts'

const known = { ELASTIC_PASSWORD: 'x', ENROLLMENT_TOKEN: 'x', KEYSTORE_PASSWORD: 'x', KIBANA_PASSWORD: 'x', GITHUB_TOKEN: 'x', ES_API_KEY: 'x', NPM_TOKEN: 'x' }
/** What the node, its plugins or its settings may read. */
const needed = { RACK_TOKEN: 'r', DB_PASS: 'd', AWS_WEB_IDENTITY_TOKEN_FILE: '/t', GOOGLE_APPLICATION_CREDENTIALS: '/g', ES_KEYSTORE_PASSPHRASE_FILE: '/k' }

test('known secrets stay behind; a variable that only sounds like one comes along, as in stock', async () => {
  const built = await nodeEnvironment({ env: { ...known, ...needed, LD_PRELOAD: '/l.so', ES_JAVA_OPTS: '-Xmx1g' }, account: null })
  expect(Object.values(built)).not.toContain('x')
  expect(built).toMatchObject({ ...needed, LD_PRELOAD: '/l.so', ES_JAVA_OPTS: '-Xmx1g' })
})

test('what the files of the node refer to comes along, whatever it is', async () => {
  const env = { ...known, npm_config_cache: '/n', LANG: 'de_DE', PWD: '/here' }
  const built = await nodeEnvironment({ env, account: null, refers: new Set(['GITHUB_TOKEN', 'npm_config_cache', 'LANG', 'LC_ALL']), platform: 'linux' })
  expect(built).toMatchObject({ GITHUB_TOKEN: 'x', npm_config_cache: '/n', LANG: 'de_DE' })
  expect(built).not.toHaveProperty('LC_ALL')
  expect(built).not.toHaveProperty('ELASTIC_PASSWORD')
})

test('a secret that the host took out of its environment reaches a node whose settings refer to it, and no other', async () => {
  const env: NodeJS.ProcessEnv = { ENROLLMENT_TOKEN: 'taken-token' }
  takeSecrets(env)
  const asked = { env, account: null, taken: takenSecrets(env) }
  const refers = new Set(['ENROLLMENT_TOKEN'])
  expect((await nodeEnvironment({ ...asked, refers })).ENROLLMENT_TOKEN).toBe('taken-token')
  expect(await nodeEnvironment(asked)).not.toHaveProperty('ENROLLMENT_TOKEN')
  expect(withheldNames(asked)).toEqual(['ENROLLMENT_TOKEN'])
  expect(withheldNames({ ...asked, refers })).toEqual([])
})

test('what is kept from the node is known by name, but for what a shell sets anew', () => {
  const env = { ELASTIC_PASSWORD: 'x', NODE_OPTIONS: '--x', npm_config_x: '1', PWD: '/', LANG: 'C', LC_ALL: 'C', PATH: '/bin', RACK_TOKEN: 'r' }
  expect(withheldNames({ env, account: null, taken: new Map(), platform: 'linux' })).toEqual(['ELASTIC_PASSWORD', 'NODE_OPTIONS', 'npm_config_x'])
})

test('the locale is UTF-8, whatever the caller has', async () => {
  const built = await nodeEnvironment({ env: { LANG: 'de_DE', LC_CTYPE: 'POSIX', LANGUAGE: 'de' }, account: null, platform: 'linux' })
  expect(built).toMatchObject({ LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' })
  expect(built.LC_CTYPE).toBeUndefined()
})

test('HOME and USER are those of the account that runs it, also where the settings refer to them', async () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nes:x:1500:1500:Elastic:/srv/es:/bin/sh\n'
  const account = { name: 'es', uid: 1500, gid: 1500, groups: [1500] }
  const built = await nodeEnvironment({ env: { HOME: '/root', USER: 'root', LOGNAME: 'root' }, account, passwd, refers: new Set(['HOME', 'USER']), platform: 'linux' })
  expect(built).toMatchObject({ HOME: '/srv/es', USER: 'es', LOGNAME: 'es' })
})

test('a number without an account gets no home of somebody else', async () => {
  const built = await nodeEnvironment({ env: { HOME: '/root', USER: 'root' }, account: { name: null, uid: 4242, gid: 4242, groups: [4242] }, passwd: '', platform: 'linux' })
  expect(built).toMatchObject({ HOME: '/', USER: '4242' })
})

test('on Windows the locale is left alone', async () => {
  const built = await nodeEnvironment({ env: { PATH: 'C:\\', ELASTIC_PASSWORD: 'x' }, account: null, platform: 'win32' })
  expect(built).toEqual({ PATH: 'C:\\' })
})

test('on Windows, where names of variables have no case, none slips through by its letters', async () => {
  const env = { Path: 'C:\\', Node_Options: '--inspect', NPM_Config_X: '1', Firstnode_Cache: 'x', elastic_Password: 'x', Sudo_Uid: '1' }
  expect(await nodeEnvironment({ env, account: null, platform: 'win32' })).toEqual({ Path: 'C:\\' })
  expect(await nodeEnvironment({ env, account: null, refers: new Set(['ELASTIC_PASSWORD']), platform: 'win32' })).toEqual({ Path: 'C:\\', elastic_Password: 'x' })
})
