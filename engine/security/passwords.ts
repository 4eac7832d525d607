import { randomBytes, randomInt } from 'node:crypto'
import { hash } from 'bcryptjs'
import { Secret } from '../../shared/secret.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A password for the elastic user, of the length and alphabet stock takes (CommandUtils.generatePassword). */
export function makeElasticPassword(): Secret {
  return new Secret(pick(20, `${letters}*-_=+`))
}

/** A password for http.p12 or transport.p12: base64url of 16 random bytes, 22 characters. */
export function makeStorePassword(): Secret {
  return new Secret(randomBytes(16).toString('base64url'))
}

/** `keystore.seed`, which every keystore holds (KeyStoreWrapper.addBootstrapSeed). */
export function makeKeystoreSeed(): Secret {
  return new Secret(pick(20, `${letters}~!@#$%^&*-_=+?`))
}

/** The bcrypt hash that goes into the keystore entry `autoconfiguration.password_hash`. */
export async function hashPassword(password: Secret): Promise<Secret> {
  return new Secret(await hash(password.reveal(), 10))
}

function pick(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
}
