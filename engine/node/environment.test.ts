import { expect, test } from 'vitest'
import { nodeEnvironment } from './environment.ts'

const secrets = {
  ELASTIC_PASSWORD: 'x',
  ENROLLMENT_TOKEN: 'x',
  KEYSTORE_PASSWORD: 'x',
  GITHUB_TOKEN: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
  ES_API_KEY: 'x',
  my_apikey: 'x',
  GOOGLE_APPLICATION_CREDENTIALS: 'x',
  DB_PASS: 'x',
  SSH_KEY_PASSPHRASE: 'x',
}

test('secrets stay behind, everything else comes along', async () => {
  const built = await nodeEnvironment({ env: { ...secrets, LD_PRELOAD: '/l.so', ES_JAVA_OPTS: '-Xmx1g', RACK: 'r1', COMPASS: 'n' }, account: null })
  expect(Object.values(built)).not.toContain('x')
  expect(built).toMatchObject({ LD_PRELOAD: '/l.so', ES_JAVA_OPTS: '-Xmx1g', RACK: 'r1', COMPASS: 'n' })
})

test('the locale is UTF-8, whatever the caller has', async () => {
  const built = await nodeEnvironment({ env: { LANG: 'de_DE', LC_CTYPE: 'POSIX', LANGUAGE: 'de' }, account: null, platform: 'linux' })
  expect(built).toMatchObject({ LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' })
  expect(built.LC_CTYPE).toBeUndefined()
})

test('HOME and USER are those of the account that runs it', async () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nes:x:1500:1500:Elastic:/srv/es:/bin/sh\n'
  const account = { name: 'es', uid: 1500, gid: 1500, groups: [1500] }
  const built = await nodeEnvironment({ env: { HOME: '/root', USER: 'root', LOGNAME: 'root' }, account, passwd, platform: 'linux' })
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
})
