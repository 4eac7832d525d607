import { afterAll, describe, expect, test } from 'vitest'
import { join } from 'node:path'
import { someFacts } from '../../../engine/security/testing/temporary-config.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { firstOf } from '../../support/in-turn.ts'
import { fieldsOf } from './configured-home.ts'
import { setUp } from './set-up.ts'
import { runStock } from './stock-tools.ts'

const homes: FreshHome[] = []
afterAll(() => Promise.all(homes.map((home) => home.remove())))

async function home(version: PracticeVersion): Promise<FreshHome> {
  const made = await freshHome(version)
  homes.push(made)
  return made
}

/** Where ours is meant to differ, as `field: stock → ours`. */
const everywhere = [
  // stock makes the password only once the node runs, and prints it
  'keystore.entries: keystore.seed xpack.security.http.ssl.keystore.secure_password xpack.security.transport.ssl.keystore.secure_password xpack.security.transport.ssl.truststore.secure_password → ' +
    'autoconfiguration.password_hash keystore.seed xpack.security.http.ssl.keystore.secure_password xpack.security.transport.ssl.keystore.secure_password xpack.security.transport.ssl.truststore.secure_password',
]
const ca = '2.5.29.14 subject key; 2.5.29.35 authority key; 2.5.29.19 critical 30030101ff'
const leaf = ['2.5.29.14 subject key; 2.5.29.35 authority key; 2.5.29.17 names; 2.5.29.19 3000', '2.5.29.37 300a06082b06010505070301']
const exceptions = {
  '9.4.3': everywhere,
  // 8.16 does not say yet what its keys are for; strict clients (Python 3.13) ask for that, so ours says it for every version
  '8.16.6': [
    ...everywhere,
    `http.p12.http_ca.extensions: ${ca} → ${ca}; 2.5.29.15 critical 03020106`,
    `http.p12.CN=Elasticsearch security auto-configuration HTTP CA.extensions: ${ca} → ${ca}; 2.5.29.15 critical 03020106`,
    `http.p12.http.extensions: ${leaf.join('; ')} → ${leaf.join('; 2.5.29.15 critical 030205a0; ')}`,
  ],
}

describe.each(firstOf('9.4.3', '8.16.6'))('%s', (version) => {
  test('what Firstnode writes equals what auto-configure-node writes, field by field', async () => {
    const [theirs, own] = await Promise.all([home(version), home(version)])
    const ended = await runStock(theirs, 'auto-configure-node', { args: ['-v'], env: { HOSTNAME: 'my-node' } })
    expect(ended).toMatchObject({ code: 0 })
    await setUp(own, {}, { facts: { ...someFacts, nodeName: 'my-node' }, answers: {}, env: { HOSTNAME: 'my-node' } })
    const [stock, ours] = await Promise.all([theirs, own].map(({ home }) => fieldsOf(join(home, 'config'))))
    expect(stock?.size).toBeGreaterThan(70)
    const names = [...new Set([...(stock?.keys() ?? []), ...(ours?.keys() ?? [])])]
    const differences = names.filter((name) => stock?.get(name) !== ours?.get(name)).map((name) => `${name}: ${stock?.get(name)} → ${ours?.get(name)}`)
    expect(differences.sort()).toEqual(exceptions[version].toSorted())
  })
})
