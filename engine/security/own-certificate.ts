import { createPrivateKey, type KeyObject } from 'node:crypto'
import { resolve } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'
import { Secret } from '../../shared/secret.ts'
import type { OwnCertificate } from './node-tls.ts'
import { readOwned } from '../installation/read-owned.ts'
import { whyUnread } from '../preflight/settings-file.ts'
import { settingText } from '../preflight/settings.ts'
import { toPem } from './certificates.ts'
import { chainFrom } from './chain.ts'
import { configPaths } from './config-paths.ts'
import { httpSsl, passwordOf, settingsOf, type AskedTls, type HttpTls } from './http-tls.ts'
import { openKeystore } from './read-config-file.ts'

/**
 * The HTTP certificate of a node with its private key, as Elasticsearch's own tools present it to the node; undefined
 * where the keystore has no private key. Problems: `http_key_unreadable`, `keystore_…`, `settings_…`.
 */
export async function readOwnCertificate(asked: AskedTls, tls: HttpTls): Promise<OwnCertificate | undefined> {
  const { leaf, certificates, key } = tls
  const own = leaf ?? tls.withKey[0]
  const secretKey = tls.kind === 'pem' ? await readPemKey(asked) : key
  if (own === undefined || secretKey === null) return undefined
  const chain = chainFrom(own, certificates.map(({ certificate }) => certificate))
  return { cert: chain.map(({ raw }) => toPem(raw)).join(''), key: new Secret(pemOf(secretKey)) }
}

async function readPemKey({ installation, keystorePassword = null, ...asked }: AskedTls): Promise<KeyObject> {
  const { config } = installation
  const settings = await settingsOf({ installation, ...asked })
  const path = resolve(config, settingText(settings, `${httpSsl}.key`) ?? '')
  const pem = await readOwned(path).catch((thrown: NodeJS.ErrnoException) => {
    throw problem('http_key_unreadable', { path, why: whyUnread(thrown) }, { cause: thrown })
  })
  const keystore = await openKeystore(configPaths(config).keystore, installation, keystorePassword)
  const passphrase = passwordOf({ settings, keystore, ssl: httpSsl }, 'secure_key_passphrase', 'key_passphrase')
  try {
    return createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase: passphrase.reveal() }) })
  } catch (thrown) {
    throw problem('http_key_unreadable', { path, why: 'it is not a PEM key, or its passphrase is wrong' }, { cause: thrown })
  }
}

function pemOf(key: KeyObject): string {
  return String(key.export({ type: 'pkcs8', format: 'pem' }))
}
