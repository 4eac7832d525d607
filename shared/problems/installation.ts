import { catalogue } from './catalogue.ts'
import { inBytes } from '../sizes.ts'

/** Problems of the room `installation`. */
export const installationProblems = catalogue({
  search_incomplete: (known: { what: string; slow: readonly string[]; full: readonly string[]; seconds: number; most: number }) => ({
    exit: 3,
    message: [
      `This list of ${known.what} may not be complete.`,
      ...(known.slow.length === 0 ? [] : [`The search ended after ${known.seconds} seconds, before it had finished in ${known.slow.join(', ')}.`]),
      ...(known.full.length === 0 ? [] : [`Only the first ${known.most} folders were searched in ${known.full.join(', ')}.`]),
    ].join(' '),
    remedy: `If the ${known.what} you want is missing, search again or specify its folder.`,
  }),
  not_elasticsearch: (known: { home: string; instead: string | null }) => ({
    exit: 3,
    message: `${known.home} is no Elasticsearch: there is no lib/elasticsearch-X.Y.Z.jar in it.`,
    remedy: known.instead === null
      ? 'Name the folder that holds bin, config and lib: the one the archive was unpacked to.'
      : `There is one in ${known.instead}: name that folder.`,
  }),
  mixed_versions: (known: { home: string; versions: string }) => ({
    exit: 3,
    message: `${known.home} holds more than one version: ${known.versions}.`,
    remedy: 'Unpack one version to a folder of its own; two unpacked over one another do not start.',
  }),
  home_incomplete: (known: { home: string; missing: string }) => ({
    exit: 3,
    message: `The Elasticsearch in ${known.home} is not whole: ${known.missing} is missing.`,
    remedy: 'Unpack the archive again to a fresh folder.',
  }),
  version_too_old: (known: { home: string; version: string }) => ({
    exit: 3,
    message: `${known.home} holds Elasticsearch ${known.version}. Security is configured at the first start from 8.0 on.`,
    remedy: 'Use Elasticsearch 8 or 9.',
  }),
  folder_unreadable: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `${known.path} cannot be read: ${known.why}.`,
    remedy: 'Choose another folder, or give this account the right to read it.',
  }),
  no_such_account: (known: { user: string }) => ({
    exit: 3,
    message: `There is no account named ${known.user}.`,
    remedy: 'Name an account of this machine, or a number: a bare number needs no account.',
  }),
  user_needs_root: (known: { user: string; caller: string }) => ({
    exit: 3,
    message: `Only root can run a node as ${known.user}; this is ${known.caller}.`,
    remedy: 'Leave the user out, or begin again as root.',
  }),
  would_run_as_root: (known: { home: string }) => ({
    exit: 3,
    message: `${known.home} would be run by root, and Elasticsearch refuses that.`,
    remedy: 'Name an ordinary account to run it (--user), or give the home to one (chown -R).',
  }),
  owner_mismatch: (known: { home: string; owner: string; runAs: string }) => ({
    exit: 3,
    message: `${known.home} belongs to ${known.owner}, but the node would run as ${known.runAs}.`,
    remedy: `Run this as ${known.owner}, or give the home to ${known.runAs} (chown -R).`,
  }),
  folder_read_only: (known: { path: string }) => ({
    exit: 3,
    message: `${known.path} is on a read-only file system.`,
    remedy: 'Mount it writable, or use a home on another disk.',
  }),
  keystore_owner_mismatch: (known: { path: string; owner: string; runAs: string }) => ({
    exit: 3,
    message: `${known.path} belongs to ${known.owner}, but the node runs as ${known.runAs}. Elasticsearch will not replace it.`,
    remedy: `Change the owner of the file to ${known.runAs} (chown), then try again.`,
  }),
  no_java: (known: { version: string; min: number; max: number | null }) => ({
    exit: 3,
    message: `No Java was found. Elasticsearch ${known.version} without a JDK of its own needs Java ${javaRange(known)}.`,
    remedy: `Install a JDK ${known.max === null ? known.min : `between ${known.min} and ${known.max}`}, or set ES_JAVA_HOME to the folder of one.`,
  }),
  java_too_old: (known: { version: string; min: number; max: number | null; java: string; home: string }) => ({
    exit: 3,
    message: `Java ${known.java} in ${known.home} is too old: Elasticsearch ${known.version} needs ${javaRange(known)}.`,
    remedy: `Install a JDK ${known.min} or set ES_JAVA_HOME to one.`,
  }),
  java_too_new: (known: { version: string; min: number; max: number | null; java: string; home: string }) => ({
    exit: 3,
    message: `Java ${known.java} in ${known.home} is too new: Elasticsearch ${known.version} needs ${javaRange(known)} and dies on a newer one, which has no Security Manager.`,
    remedy: `Install a JDK ${known.min} and set ES_JAVA_HOME to it, or use Elasticsearch 8.18 or newer.`,
  }),
  es_java_home_wrong: (known: { path: string; why: string }) => ({
    exit: 3,
    message: `ES_JAVA_HOME is ${known.path}, and there is no Java to use: ${known.why}.`,
    remedy: 'Set ES_JAVA_HOME to the folder of a JDK (the one that holds bin), or unset it.',
  }),
  archive_unreadable: (known: { archive: string; why: string }) => ({
    exit: 3,
    message: `${known.archive} cannot be read: ${known.why}.`,
    remedy: 'Choose an archive that is there and that this account may read.',
  }),
  archive_unknown: (known: { archive: string }) => ({
    exit: 3,
    message: `${known.archive} is neither a .tar.gz nor a .zip.`,
    remedy: 'Choose the Elasticsearch archive for this system as it was downloaded.',
  }),
  archive_torn: (known: { archive: string; why: string }) => ({
    exit: 3,
    message: `${known.archive} is damaged or was not downloaded to its end: ${known.why}.`,
    remedy: 'Download it again and compare its checksum. Nothing was unpacked.',
  }),
  archive_no_elasticsearch: (known: { archive: string }) => ({
    exit: 3,
    message: `There is no Elasticsearch in ${known.archive}.`,
    remedy: 'Choose the Elasticsearch archive for this system. Nothing was unpacked.',
  }),
  archive_malicious: (known: { archive: string; entry: string; why: string }) => ({
    exit: 3,
    message: `${known.archive} was refused: its entry ${known.entry} ${known.why}.`,
    remedy: 'This is no archive from Elastic. Download one from where you trust it. Nothing was unpacked.',
  }),
  archive_too_large: (known: { archive: string; mostBytes: number }) => ({
    exit: 3,
    message: `${known.archive} unpacks to more than ${inBytes(known.mostBytes)}, too much for an archive of its size.`,
    remedy: 'Download the archive from elastic.co. Nothing was unpacked.',
  }),
  archive_no_room: (known: { into: string; freeBytes: number; neededBytes: number }) => ({
    exit: 3,
    message: `Unpacking needs ${inBytes(known.neededBytes)} in ${known.into}, and only ${inBytes(known.freeBytes)} are free.`,
    remedy: 'Free up space there, or choose a folder on another disk. Nothing was unpacked.',
  }),
  archive_target: (known: { into: string; why: string }) => ({
    exit: 3,
    message: `Nothing can be unpacked to ${known.into}: ${known.why}.`,
    remedy: 'Choose another folder. Nothing was unpacked.',
    field: 'into',
  }),
  maven_missing: (_: object) => ({
    exit: 3,
    message: 'The practice copy is fetched by Maven, and there is no mvn on this machine.',
    remedy: 'Install Maven (Debian: apt-get install maven; macOS: brew install maven), or use an Elasticsearch of your own.',
  }),
  practice_fetch_failed: (known: { version: string; why: string }) => ({
    exit: 4,
    message: `The practice copy of ${known.version} could not be fetched: ${known.why}`,
    remedy: 'See that Maven reaches its repository (its settings name a mirror or a proxy where one is needed), then begin again.',
  }),
  practice_torn: (known: { version: string; why: string }) => ({
    exit: 4,
    message: `What was fetched is not the practice copy of ${known.version}: ${known.why}. It was removed.`,
    remedy: 'Begin again; it is fetched anew.',
  }),
  practice_no_room: (known: { folder: string; freeBytes: number; neededBytes: number }) => ({
    exit: 3,
    message: `There are ${inBytes(known.freeBytes)} free in ${known.folder}, and fetching the practice copy takes ${inBytes(known.neededBytes)} for a while.`,
    remedy: 'Make room there, or name another folder in FIRSTNODE_CACHE.',
  }),
  practice_version: (known: { version: string; versions: string }) => ({
    exit: 2,
    message: `There is no practice copy of version ${known.version}.`,
    remedy: `There are practice copies of ${known.versions}.`,
  }),
  cache_unwritable: (known: { cache: string; why: string }) => ({
    exit: 3,
    message: `Nothing can be kept in the cache folder ${known.cache}: ${known.why}`,
    remedy: 'Set FIRSTNODE_CACHE to another folder.',
  }),
  cache_unreachable: (known: { cache: string; at: string; account: string }) => ({
    exit: 3,
    message: `The cache folder ${known.cache} cannot be reached by ${known.account}: ${known.at} is closed to it.`,
    remedy: 'Set FIRSTNODE_CACHE to another folder, or give others access to this one (chmod o+x).',
  }),
})

function javaRange(known: { min: number; max: number | null }): string {
  return known.max === null ? `${known.min} or newer` : `${known.min} to ${known.max}`
}
