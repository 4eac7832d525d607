import { join } from 'node:path'

/** Where Elasticsearch keeps what belongs to security, below its config directory. */
export function configPaths(config: string) {
  const certs = join(config, 'certs')
  const heapFolder = join(config, 'jvm.options.d')
  return {
    certs,
    httpCa: join(certs, 'http_ca.crt'),
    http: join(certs, 'http.p12'),
    transport: join(certs, 'transport.p12'),
    keystore: join(config, 'elasticsearch.keystore'),
    yml: join(config, 'elasticsearch.yml'),
    heapFolder,
    heap: join(heapFolder, 'firstnode.options'),
  }
}

export type ConfigPaths = ReturnType<typeof configPaths>

/** What the entries of `elasticsearch.keystore` are called. */
export const entryNames = {
  seed: 'keystore.seed',
  http: 'xpack.security.http.ssl.keystore.secure_password',
  transport: 'xpack.security.transport.ssl.keystore.secure_password',
  truststore: 'xpack.security.transport.ssl.truststore.secure_password',
  bootstrapPassword: 'bootstrap.password',
  passwordHash: 'autoconfiguration.password_hash',
} as const
