import { createPublicKey, X509Certificate } from 'node:crypto'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentOf, members, readAll, readDer, readOid, tags } from '../../../engine/security/der.ts'
import { readKeystore } from '../../../engine/security/keystore.ts'
import { readStore } from '../../../engine/security/pkcs12-read.ts'
import { readSettings } from '../../../engine/preflight/settings.ts'
import { storeOutline } from './store-outline.ts'

/** Every field of what a first start writes, by name: two homes with equal fields are configured alike. What is random is told by its form. */
export async function fieldsOf(config: string): Promise<Map<string, string>> {
  const keystore = await readKeystore(await readFile(join(config, 'elasticsearch.keystore')))
  const text = (entry: string): string => keystore.entries.get(entry)?.text().reveal() ?? ''
  const fields = new Map<string, string>()
  for (const [name, value] of await fileFields(config)) fields.set(name, value)
  fields.set('keystore.version', String(keystore.version))
  fields.set('keystore.entries', [...keystore.entries.keys()].sort().join(' '))
  fields.set('keystore.seed', String(/^[A-Za-z0-9~!@#$%^&*\-_=+?]{20}$/.test(text('keystore.seed'))))
  fields.set('keystore.passwords', [text(entry('http', 'keystore')), text(entry('transport', 'keystore'))].map((one) => String(/^[\w-]{22}$/.test(one))).join(' '))
  fields.set('keystore.truststore', String(text(entry('transport', 'keystore')) === text(entry('transport', 'truststore'))))
  for (const layer of ['http', 'transport']) {
    const password = keystore.entries.get(entry(layer, 'keystore'))?.text()
    if (password === undefined) throw new Error(`no password for ${layer}.p12`)
    const bytes = await readFile(join(config, 'certs', `${layer}.p12`))
    fields.set(`${layer}.p12.layout`, storeOutline(bytes, password.reveal()).join('\n'))
    const store = await readStore(bytes, password)
    for (const { alias, certificate } of store.certificates) for (const [name, value] of certificateFields(certificate)) fields.set(`${layer}.p12.${alias}.${name}`, value)
    for (const { alias, key } of store.keys) {
      const own = store.certificates.find((one) => one.alias === alias)?.certificate ?? Buffer.alloc(0)
      const spoken = [createPublicKey(key), new X509Certificate(own).publicKey].map((one) => one.export({ type: 'spki', format: 'der' }).toString('hex'))
      fields.set(`${layer}.p12.${alias}.pair`, String(spoken[0] === spoken[1]))
    }
  }
  const pem = await readFile(join(config, 'certs', 'http_ca.crt'), 'latin1')
  fields.set('http_ca.crt.form', pem.replaceAll(/[A-Za-z0-9+/=]{64}\n/g, 'L\n').replace(/(?:L\n)+[A-Za-z0-9+/=]+\n/, 'lines\n'))
  for (const [name, value] of readSettings(await readFile(join(config, 'elasticsearch.yml'), 'utf8'), {})) fields.set(`yml.${name}`, JSON.stringify(value))
  return fields
}

const entry = (layer: string, store: string): string => `xpack.security.${layer}.ssl.${store}.secure_password`

async function fileFields(config: string): Promise<[string, string][]> {
  const names = ['certs', ...(await readdir(join(config, 'certs'))).map((name) => join('certs', name)), 'elasticsearch.keystore', 'elasticsearch.yml'].sort()
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => {
      const { mode, uid, gid } = await lstat(join(config, name))
      return [`file.${name}`, `${mode.toString(8)} ${uid}:${gid}`]
    }),
  )
}

function certificateFields(certificate: Buffer): [string, string][] {
  const parsed = new X509Certificate(certificate)
  const [toBeSigned, algorithm] = members(readDer(certificate))
  const fields = members(toBeSigned)
  const days = (Date.parse(parsed.validTo) - Date.parse(parsed.validFrom)) / 86_400_000
  const serial = fields[1]?.content ?? Buffer.alloc(0)
  return [
    ['version', fields[0]?.content.toString('hex') ?? ''],
    ['subject', fields[5]?.whole.toString('hex') ?? ''],
    ['issuer', fields[3]?.whole.toString('hex') ?? ''],
    ['days', String(days)],
    ['time types', readAll(fields[4]?.content ?? Buffer.alloc(0)).map(({ tag }) => tag).join(' ')],
    ['signature', algorithm?.whole.toString('hex') ?? ''],
    ['key', JSON.stringify([parsed.publicKey.asymmetricKeyType, { ...parsed.publicKey.asymmetricKeyDetails, publicExponent: String(parsed.publicKey.asymmetricKeyDetails?.publicExponent) }])],
    // 160 random bits: now and then one or two bytes less, and a zero where the first bit is set
    ['serial', String(serial.length >= 18 && serial.length <= 21 && ((serial[0] ?? 0x80) & 0x80) === 0)],
    ['names', (parsed.subjectAltName ?? '').split(', ').sort().join(', ')],
    ...extensionFields(fields.at(-1)?.content ?? Buffer.alloc(0)),
  ]
}

const randomExtensions = new Map([
  ['2.5.29.14', 'subject key'],
  ['2.5.29.35', 'authority key'],
  ['2.5.29.17', 'names'],
])

function extensionFields(bytes: Buffer): [string, string][] {
  const extensions = members(readAll(bytes)[0]).map((one) => members(one))
  const told = extensions.map((parts) => {
    const id = readOid(parts[0])
    const value = contentOf(parts.at(-1), tags.octets)
    return `${id}${parts.length === 3 ? ' critical' : ''} ${randomExtensions.get(id) ?? value.toString('hex')}`
  })
  return [['extensions', told.join('; ')]]
}
