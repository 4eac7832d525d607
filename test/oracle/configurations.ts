import { fragmentsOfSettings } from './settings-configurations.ts'
import type { OracleHome } from './home.ts'

/** One configuration of a fresh home that stock and Firstnode are both asked about. */
export interface Configuration {
  /** unique; a name in `recorded.json` */
  readonly name: string
  readonly prepare: (home: OracleHome) => Promise<void>
  readonly env?: Readonly<Record<string, string>>
  /** of the keystore: stock reads it from its standard input */
  readonly password?: string
  /** the node would be run by another account than the one that owns the home; needs root to ask stock */
  readonly stranger?: true
  /** a file of it belongs to root: only root can make such a home */
  readonly needsRoot?: true
  /** id of the check that decides where the verdict is not `ready` */
  readonly decidedBy?: string
  /** why we say `blocked` where stock's tool would let the start go on, into its failure */
  readonly fails?: string
  /** ids of checks that foresee the start, where stock's tool does not look: they may block what it lets go on */
  readonly foreseenBy?: readonly string[]
  /** why our verdict differs from stock's: a listed exception to parity */
  readonly exception?: string
}

const fresh: Configuration = { name: 'as unpacked', prepare: async () => {} }

const dataFolders: readonly Configuration[] = [
  { name: 'data: an empty folder', prepare: (home) => home.folder('data') },
  { name: 'data: a file in it', decidedBy: 'data', prepare: (home) => home.file('data/node.lock') },
  { name: 'data: a hidden file in it', decidedBy: 'data', prepare: (home) => home.file('data/.keep') },
  { name: 'data: an empty folder in it', decidedBy: 'data', prepare: (home) => home.folder('data/indices') },
  { name: 'data: a dangling link in it', decidedBy: 'data', prepare: async (home) => {
    await home.folder('data')
    await home.link('data/link', 'nowhere')
  } },
  {
    name: 'data: a file instead of a folder',
    exception: 'the node dies of it: its data directory is a file',
    decidedBy: 'data-writable',
    prepare: (home) => home.file('data', 'x'),
  },
  { name: 'data: a link to an empty folder', prepare: async (home) => {
    await home.folder('elsewhere')
    await home.link('data', 'elsewhere')
  } },
  { name: 'data: a link to a folder with something in it', decidedBy: 'data', prepare: async (home) => {
    await home.file('elsewhere/nodes')
    await home.link('data', 'elsewhere')
  } },
  { name: 'data: path.data elsewhere and empty, data in the usual place', prepare: async (home) => {
    await home.file('data/nodes')
    await home.settings(`path.data: ${home.home}/other\n`)
  } },
  { name: 'data: path.data with something in it', decidedBy: 'data', prepare: async (home) => {
    await home.file('other/nodes')
    await home.settings(`path.data: ${home.home}/other\n`)
  } },
  { name: 'data: the second of two paths has something in it', decidedBy: 'data', prepare: async (home) => {
    await home.file('b/nodes')
    await home.settings(`path.data: [${home.home}/a, "${home.home}/b"]\n`)
  } },
  { name: 'data: two paths in one text, the second with something in it', decidedBy: 'data', prepare: async (home) => {
    await home.file('b/nodes')
    await home.settings(`path:\n  data: ${home.home}/a,${home.home}/b\n`)
  } },
  { name: 'data: a relative path.data with something in it', decidedBy: 'data', prepare: async (home) => {
    await home.file('other/nodes')
    await home.settings('path.data: other\n')
  } },
  { name: 'data: path.data by ${path.home}, with something in it', decidedBy: 'data', prepare: async (home) => {
    await home.file('other/nodes')
    await home.settings('path.data: ${path.home}/other\n')
  } },
  { name: 'data: path.data by the environment, with something in it', env: { DATA_ROOT: 'other' }, decidedBy: 'data', prepare: async (home) => {
    await home.file('other/nodes')
    await home.settings('path.data: ${DATA_ROOT}\n')
  } },
  { name: 'data: a folder that cannot be listed', decidedBy: 'data', prepare: async (home) => {
    await home.folder('data')
    await home.mode('data', 0o300)
  } },
  {
    name: 'data: an empty folder that cannot be written',
    exception: 'the node dies of it: it cannot write its data',
    decidedBy: 'data-writable',
    prepare: async (home) => {
      await home.folder('data')
      await home.mode('data', 0o500)
    },
  },
  { name: 'data and settings: data comes first', decidedBy: 'data', prepare: async (home) => {
    await home.file('data/nodes')
    await home.settings('xpack.security.enabled: true\n')
  } },
]

const files: readonly Configuration[] = [
  { name: 'settings file: missing', decidedBy: 'settings-file', prepare: (home) => home.remove('config/elasticsearch.yml') },
  { name: 'settings file: a link to one', decidedBy: 'settings-file', prepare: async (home) => {
    await home.file('my.yml', '')
    await home.link('config/elasticsearch.yml', 'my.yml')
  } },
  { name: 'settings file: a dangling link', decidedBy: 'settings-file', prepare: (home) => home.link('config/elasticsearch.yml', 'nowhere.yml') },
  { name: 'settings file: a folder', decidedBy: 'settings', prepare: async (home) => {
    await home.remove('config/elasticsearch.yml')
    await home.folder('config/elasticsearch.yml')
  } },
  { name: 'settings file: may not be read', decidedBy: 'settings', prepare: (home) => home.mode('config/elasticsearch.yml', 0o200) },
  { name: 'settings file: may not be written', prepare: (home) => home.mode('config/elasticsearch.yml', 0o440) },
  { name: 'settings file: for everybody to write', prepare: (home) => home.mode('config/elasticsearch.yml', 0o666) },
  { name: 'settings file: elasticsearch.yaml beside it', prepare: (home) => home.file('config/elasticsearch.yaml', 'a: b\n') },
  { name: 'configuration: may not be written', decidedBy: 'config-folder', prepare: (home) => home.mode('config', 0o550) },
  { name: 'configuration: may not be entered', decidedBy: 'settings-file', prepare: (home) => home.mode('config', 0o660) },
  { name: 'configuration: may not be listed', prepare: (home) => home.mode('config', 0o330) },
  { name: 'configuration: of another account, closed', stranger: true, decidedBy: 'settings-file', prepare: async (home) => {
    await openToAll(home)
    await home.mode('config', 0o700)
  } },
  { name: 'configuration: of another account, readable', stranger: true, decidedBy: 'config-folder', prepare: async (home) => {
    await openToAll(home)
    await home.mode('config', 0o755)
    await home.mode('config/elasticsearch.yml', 0o644)
  } },
  { name: 'configuration: of another account, open to everybody', stranger: true, decidedBy: 'config-owner', prepare: async (home) => {
    await openToAll(home)
    await home.mode('config', 0o777)
    await home.mode('config/elasticsearch.yml', 0o666)
  } },
  { name: 'certs: an empty folder', prepare: (home) => home.folder('config/certs') },
  { name: 'certs: a folder with a http.p12', prepare: (home) => home.file('config/certs/http.p12', 'old') },
  { name: 'certs: a file', prepare: (home) => home.file('config/certs', 'old') },
  {
    name: 'home: may not be written, but for its parts',
    exception: 'the node dies of it: it cannot make its data directory',
    decidedBy: 'data-writable',
    prepare: (home) => home.mode('.', 0o555),
  },
  { name: 'settings file: of root', needsRoot: true, prepare: async (home) => {
    await home.mode('config/elasticsearch.yml', 0o644)
    await home.giveToRoot('config/elasticsearch.yml')
  } },
  { name: 'keystore: of root', needsRoot: true, decidedBy: 'config-owner', prepare: async (home) => {
    await home.keystore('plain')
    await home.mode('config/elasticsearch.keystore', 0o644)
    await home.giveToRoot('config/elasticsearch.keystore')
  } },
  { name: 'configuration: of a group that the account is not in', needsRoot: true, prepare: (home) => home.giveGroupOfRoot('config') },
  { name: 'keystore: with a seed alone', prepare: (home) => home.keystore('plain') },
  { name: 'keystore: with bootstrap.password', prepare: (home) => home.keystore('bootstrap-password') },
  { name: 'keystore: with a setting that is not looked for', prepare: (home) => home.keystore('http-key-passphrase') },
  ...(['http', 'transport', 'truststore'] as const).map((which): Configuration => ({
    name: `keystore: with the password of the ${which} keystore`,
    fails: 'the node ends its start: TLS is not enabled, but a password for it is there',
    decidedBy: 'keystore',
    prepare: (home) => home.keystore(`${which}-password`),
  })),
  { name: 'keystore: with the password of the http keystore, security off', decidedBy: 'security-enabled', prepare: async (home) => {
    await home.keystore('http-password')
    await home.settings('xpack.security.enabled: false\n')
  } },
  { name: 'keystore: locked, no password given', decidedBy: 'keystore', prepare: (home) => home.keystore('locked') },
  { name: 'keystore: locked, the right password', password: 'correct horse', prepare: (home) => home.keystore('locked') },
  { name: 'keystore: locked, a wrong password', password: 'wrong', decidedBy: 'keystore', prepare: (home) => home.keystore('locked') },
  { name: 'keystore: empty', decidedBy: 'keystore', prepare: (home) => home.file('config/elasticsearch.keystore', '') },
  { name: 'keystore: cut off', decidedBy: 'keystore', prepare: (home) => home.keystore('plain', (bytes) => bytes.subarray(0, 100)) },
  { name: 'keystore: no keystore at all', decidedBy: 'keystore', prepare: (home) => home.file('config/elasticsearch.keystore', 'hello, world'.repeat(20)) },
  { name: 'keystore: wrong CRC', decidedBy: 'keystore', prepare: (home) => home.keystore('plain', (bytes) => {
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    return bytes
  }) },
  { name: 'keystore: a folder', decidedBy: 'keystore-file', prepare: (home) => home.folder('config/elasticsearch.keystore') },
  { name: 'keystore: a link to one', decidedBy: 'keystore-file', prepare: async (home) => {
    await home.keystore('plain')
    await home.file('kept.keystore', '')
    await home.link('config/elasticsearch.keystore', 'kept.keystore')
  } },
  { name: 'keystore: a dangling link', prepare: (home) => home.link('config/elasticsearch.keystore', 'nowhere') },
  { name: 'keystore: may not be read', decidedBy: 'keystore-file', prepare: async (home) => {
    await home.keystore('plain')
    await home.mode('config/elasticsearch.keystore', 0o200)
  } },
  { name: 'keystore: may not be written', prepare: async (home) => {
    await home.keystore('plain')
    await home.mode('config/elasticsearch.keystore', 0o400)
  } },
]

const mounts: readonly Configuration[] = [
  { name: 'mounted: the settings file', decidedBy: 'mounts', prepare: (home) => home.mount('config/elasticsearch.yml') },
  { name: 'mounted: the keystore', decidedBy: 'mounts', prepare: async (home) => {
    await home.keystore('plain')
    await home.mount('config/elasticsearch.keystore')
  } },
  { name: 'mounted: certs, a folder', decidedBy: 'mounts', prepare: async (home) => {
    await home.folder('config/certs')
    await home.mount('config/certs')
  } },
  { name: 'mounted: certs, a file', decidedBy: 'mounts', prepare: async (home) => {
    await home.file('config/certs')
    await home.mount('config/certs')
  } },
  { name: 'mounted: a file in certs', prepare: async (home) => {
    await home.file('config/certs/http.p12')
    await home.mount('config/certs/http.p12')
  } },
  { name: 'mounted: the configuration', prepare: (home) => home.mount('config') },
  { name: 'mounted: certs and the settings file, TLS on', decidedBy: 'tls', prepare: async (home) => {
    await home.settings('xpack.security.http.ssl.enabled: true\n')
    await home.folder('config/certs')
    await home.mount('config/certs')
    await home.mount('config/elasticsearch.yml')
  } },
]

/** So that nothing but its configuration stands in the way of another account. */
async function openToAll(home: OracleHome): Promise<void> {
  await home.mode('.', 0o777)
  await home.mode('logs', 0o777)
}

/** Every configuration of the table; the order is the order of stock's own checks where there is one. */
export const configurations: readonly Configuration[] = [
  fresh,
  ...dataFolders,
  ...files,
  ...mounts,
  ...fragmentsOfSettings.map(({ text, ...rest }): Configuration => ({ ...rest, prepare: (home) => home.settings(text) })),
]
