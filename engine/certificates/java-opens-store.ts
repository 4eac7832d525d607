import type { KeyObject } from 'node:crypto'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { runJava } from '../installation/java-runtime.ts'

/** A PKCS#12 store, and the entry whose private key Java is to use. */
export interface StoreToOpen {
  readonly path: string
  readonly alias: string
  readonly password: Secret
  readonly keyPassword: Secret
  /** what belongs to the private key of `alias` */
  readonly publicKey: KeyObject
}

/**
 * Has the node's own Java, as the account that runs the node, open the store and sign with a key of it: keytool makes
 * a certificate request, which takes the password of the store and that of the key. They go in on its standard input.
 * False where Java cannot be asked; problem: `renew_java_refused`.
 */
export async function javaOpensStore({ java, javaTrouble, runAs }: Installation, store: StoreToOpen): Promise<boolean> {
  const { path, alias, password, keyPassword, publicKey } = store
  const secrets = [password, keyPassword].map((one) => one.reveal())
  // keytool reads its input in a charset that depends on the Java.
  if (java === null || javaTrouble !== null || secrets.some((text) => !/^[ -~]+$/.test(text))) return false
  // The launcher of keytool is only this; a runtime without it still has the module.
  const args = [
    '-Duser.language=en',
    '-m',
    'java.base/sun.security.tools.keytool.Main',
    '-certreq',
    '-alias',
    alias,
    '-keystore',
    path,
    '-storetype',
    'PKCS12',
  ]
  const answer = await runJava(java.executable, args, runAs, `${secrets.join('\n')}\n`)
  if (answer === null) return false
  const request = /-----BEGIN NEW CERTIFICATE REQUEST-----([^-]+)-----END/.exec(answer.output)?.[1] ?? ''
  const expected = publicKey.export({ type: 'spki', format: 'der' })
  if (answer.code === 0 && Buffer.from(request, 'base64').includes(expected)) return true
  throw problem('renew_java_refused', { java: java.version, said: refusalIn(answer.output, secrets) })
}

/** The line of keytool that says why, without a word of what was given to it. */
function refusalIn(output: string, secrets: readonly string[]): string {
  const lines = output.split(/\r?\n/).filter((line) => /error|exception/i.test(line))
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), lines[0] ?? 'it gave no reason').slice(0, 500)
}
