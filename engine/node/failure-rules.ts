import { join } from 'node:path'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { placeOf } from '../preflight/jvm-options.ts'
import type { FailedStart } from './explain.ts'
import { pluginRules } from './plugin-failures.ts'

/** One known failure: how its line reads, and what it means. */
export interface FailureRule {
  readonly pattern: RegExp
  told(match: RegExpExecArray, how: FailedStart, more: { detail: string }): Problem
}

/**
 * What ends starts of Elasticsearch 8 and 9. A cause stands before what follows from it: a full disk also means that no
 * lock can be had. Each was provoked on 8.16.6 and 9.4.3, but those marked as read.
 */
export const failureRules: readonly FailureRule[] = [
  {
    pattern:
      /(?:Could not reserve enough space for|There is insufficient memory for the Java Runtime Environment|Native memory allocation \(\w+\) failed|unable to create native thread|Cannot run program .*(?:error=12|Cannot allocate memory)).*/,
    told: (match, _, more) => problem('not_enough_memory', { what: match[0] }, more),
  },
  {
    pattern: /java\.lang\.OutOfMemoryError: Java heap space|Terminating due to java\.lang\.OutOfMemoryError/,
    told: (_match, _how, more) => problem('heap_exhausted', {}, more),
  },
  {
    pattern: /Enabling a Security Manager is not supported.*|minimum required Java version is .*|UnsupportedClassVersionError.*/,
    told: (match, _, more) => problem('wrong_java', { what: match[0] }, more),
  },
  {
    pattern: /encountered improperly formatted JVM option in \[(.*)\] on line number \[(\d+)\]: \[(.*)\]/,
    told: (match, _, more) => problem('bad_jvm_option', { what: match[3] ?? '', place: `${match[1] ?? ''}, line ${match[2] ?? ''}` }, more),
  },
  {
    // Java printed its version, or the like, instead of its flags.
    pattern: /JvmOption\.getMandatoryValue\(\)/,
    told: (_match, _how, more) => problem('bad_jvm_option', { what: 'with one of them Java ends before it runs a program, as with -version', place: null }, more),
  },
  {
    pattern:
      /(?:Unrecognized (?:VM )?option|Improperly specified VM option|(?:Missing|Unexpected) \+\/- setting (?:for|in) VM option|Conflicting collector combinations|Invalid (?:maximum|initial) heap size|Invalid -Xlog option|Invalid thread stack size|Multiple garbage collectors selected|Garbage collector not selected|The Java thread stack size specified|Error opening log file|Could not open settings file|Could not find or load main class|Error: could not open `|java\.lang\.module\.FindException|VM option '.*' is (?:experimental|diagnostic|develop)|Error opening zip file or JAR manifest missing|agent library failed|Could not find agent library|Initial heap size set to a larger|Too small (?:maximum|initial) heap|encountered \[\d+\] errors? parsing).*/,
    told: (match, how, more) => problem('bad_jvm_option', { what: match[0], place: placeOfOption(match[0], how) }, more),
  },
  {
    pattern: /can ?not run elasticsearch as root/i,
    told: (_match, _how, more) => problem('runs_as_root', {}, more),
  },
  {
    pattern: /NoSuchFileException: ([^\n]*jvm\.options[^\n]*)|Missing logging config file at ([^\n]*?)(?:, with exit code \d+)?(?:\n|$)/,
    told: (match, _, more) => problem('start_file_missing', { path: match[1] ?? match[2] ?? '' }, more),
  },
  ...pluginRules,
  {
    // Of a setting logger.NAME, not of the logging configuration.
    pattern: /(?:IllegalArgumentException: )(Unknown level constant \[[^\]]*\])/,
    told: (match, _, more) => problem('bad_setting', { what: match[1] ?? '' }, more),
  },
  {
    // What its own configuration does to Log4j is said on the console alone.
    pattern: /^(?:Exception in thread "[^"]*" )?[\w.$]*(?:Exception|Error)(?:: ([^\n]*))?(?:\n(?!\s+at org\.elasticsearch\.)[^\n]*)*\n\s+at [^\n]*LogConfigurator/,
    told: (match, { config }, more) => problem('start_logging', { path: join(config, 'log4j2.properties'), what: whyOfLogging(match[1] ?? '') }, more),
  },
  {
    pattern: /bootstrap check failure \[\d+\] of \[\d+\]: /,
    told: (match, _, more) => bootstrapChecks(match.input, more),
  },
  {
    pattern: /Provided keystore password was incorrect/,
    told: (_match, { config }, more) => problem('keystore_wrong_password', { path: keystoreIn(config) }, more),
  },
  {
    // 8.x says the first, 9.x the second: both launchers ask for it and find no terminal.
    pattern: /unable to read from standard input; is standard input open|Failed to read keystore password|keystore is password.protected/i,
    told: (_match, { config }, more) => problem('keystore_locked', { path: keystoreIn(config) }, more),
  },
  {
    pattern: /(codec header mismatch|codec footer mismatch|checksum failed|Keystore has been corrupted|read past EOF|Is a directory).*elasticsearch\.keystore/,
    told: (match, { config }, more) => problem('keystore_torn', { path: keystoreIn(config), why: match[1] ?? '' }, more),
  },
  {
    pattern: /Read-only file system/,
    told: (match, how, more) => problem('disk_read_only', { path: pathIn(match, how) }, more),
  },
  {
    pattern: /No space left on device|Disk quota exceeded/,
    told: (match, how, more) => problem('disk_full', { path: pathIn(match, how) }, more),
  },
  {
    pattern: /AccessDeniedException: ([^\n]*)|([^\s:]+): Permission denied|\(Permission denied\)/,
    told: (match, how, more) => problem('node_permission_denied', { path: (match[1] ?? match[2] ?? pathIn(match, how)).trim() }, more),
  },
  {
    pattern: /(?:failed to obtain node locks?|failed to lock all paths), tried \[(.*?)\]/,
    told: (match, _, more) => problem('node_lock_held', { path: match[1] ?? '' }, more),
  },
  {
    pattern: /Failed to bind to (\S+)[^]*Cannot assign requested address/,
    told: (match, _, more) => problem('address_not_here', { address: withoutPort(match[1] ?? '') }, more),
  },
  {
    pattern: /Failed to bind to (\S+)/,
    told: (match, _, more) => problem('node_port_taken', { address: match[1] ?? '' }, more),
  },
  {
    pattern: /setting \[([^\]]*)\] matched no network interfaces; valid values include \[(.*?)\]\s*(?:\n|$)/,
    told: (match, _, more) => problem('interface_unknown', { name: match[1] ?? '', valid: match[2] ?? '' }, more),
  },
  {
    pattern: /No up-and-running loopback addresses found|SocketException: No network interfaces configured/,
    told: (_match, _how, more) => problem('no_loopback', {}, more),
  },
  {
    pattern: /Failed to resolve \w+ \[([^\]]*)\]|UnknownHostException: ([^\s:]+)/,
    told: (match, _, more) => problem('address_not_here', { address: match[1] ?? match[2] ?? '' }, more),
  },
  {
    pattern: /cannot (?:upgrade|downgrade) a node from version.*|(?:IndexFormatTooOldException|IndexFormatTooNewException).*|cannot start this node because it holds metadata for indices with version.*/,
    told: (match, _, more) => problem('data_of_another_version', { what: match[0] }, more),
  },
  {
    pattern: /does not have (?:the|at least one of the) [^\n]*roles? but has (?:shard data|index metadata)[^\n]*|node does not have the [^\n]* but has [^\n]*/,
    told: (match, _, more) => problem('roles_against_data', { what: match[0] }, more),
  },
  {
    pattern: /unknown setting \[/,
    told: (match, _, more) => problem('unknown_setting', { settings: namesIn(match.input, /unknown setting \[([^\]]+)\](?: did you mean ([^\n]*?)\?)?/g) }, more),
  },
  {
    pattern: /unknown secure setting \[/,
    told: (match, how, more) => problem('unknown_secure_setting', entriesIn(match.input, /unknown secure setting \[([^\]]+)\]/g, how), more),
  },
  {
    pattern: /Setting \[[^\]]+\] is a secure setting and must be stored inside the Elasticsearch keystore/,
    told: (match, how, more) => problem('setting_belongs_in_keystore', entriesIn(match.input, /Setting \[([^\]]+)\] is a secure setting/g, how), more),
  },
  {
    pattern: /Setting \[[^\]]+\] is a non-secure setting and must be stored inside elasticsearch\.yml/,
    told: (match, how, more) => problem('setting_belongs_in_yml', entriesIn(match.input, /Setting \[([^\]]+)\] is a non-secure setting/g, how), more),
  },
  {
    pattern: /(?:cannot read configured|failed to load)[^\n]*\[([^\]]+)\] because the file does not exist/,
    told: (match, _, more) => problem('tls_file_missing', { path: match[1] ?? '' }, more),
  },
  {
    pattern: /cannot read configured[^\n]*\[([^\]]+)\] because access to read the file is blocked/,
    told: (match, { config }, more) => problem('tls_file_outside', { path: match[1] ?? '', config }, more),
  },
  {
    pattern: /\[(xpack\.[\w.]+\.ssl)\] - cannot read configured \[\w+\] keystore( \(as a truststore\))? \[([^\]]+)\] - this is usually caused by an incorrect password(?:; \((no|a keystore) password was provided\))?/,
    told: ([, context = '', asTruststore, path = '', given], _, more) => {
      // Transport has a truststore of its own, as we and stock configure it; HTTP reads its keystore as one.
      const use = asTruststore !== undefined && context.endsWith('transport.ssl') ? 'truststore' : 'keystore'
      const known = { path, entry: `${context}.${use}.secure_password` }
      return problem(given === 'no' ? 'tls_password_missing' : 'tls_password_wrong', known, more)
    },
  },
  {
    pattern: /cannot read configured [^\n]*|failed to load SSL configuration[^\n]*/,
    told: (match, _, more) => problem('secure_setting_wrong', { what: match[0] }, more),
  },
  {
    pattern: /Could not resolve placeholder '([^']*)'/,
    told: (match, _, more) => problem('start_placeholder', { name: match[1] ?? '' }, more),
  },
  {
    pattern: /previously joined a cluster with UUID \[([^\]]+)\] and is now trying to join a different cluster with UUID \[([^\]]+)\]/,
    told: (match, _, more) => problem('cluster_mismatch', { own: match[1] ?? '', other: match[2] ?? '' }, more),
  },
  {
    pattern: /UnsatisfiedLinkError: ([^\n]*)|failed to map segment from shared object[^\n]*/,
    told: (match, _, more) => problem('native_access', { what: match[1] ?? match[0] }, more),
  },
  {
    pattern: /(?:XContentParseException|MarkedYAMLException|ParserException): ([^\n]*)/,
    told: (match, _, more) => problem('bad_setting', { what: match[1] ?? '' }, more),
  },
  {
    pattern: /fatal exception while booting Elasticsearch\s+[\w.$]*(?:IllegalArgumentException|SettingsException): ([^\n]*)/,
    told: (match, _, more) => problem('bad_setting', { what: match[1] ?? '' }, more),
  },
  {
    pattern: /NoClassDefFoundError: ([^\n]*)/,
    told: (match, { home }, more) => problem('start_incomplete', { home, what: match[1] ?? '' }, more),
  },
  {
    pattern: /fatal exception while booting Elasticsearch\s+(?:[\w.$]+: )?([^\n]*)/,
    told: (match, how, more) => problem('start_refused', { home: how.home, why: withCause(match[1] ?? '', match.input) }, more),
  },
  {
    pattern: /^ERROR: (?!Elasticsearch (?:died|did not exit))([^\n]*?)(?:, with exit code \d+)?(?:\n|$)/,
    told: (match, how, more) => problem('start_refused', { home: how.home, why: match[1] ?? '' }, more),
  },
  {
    // Before its log is set up, a node says on the console what ended it, as Java does.
    pattern: /^(?:Exception in thread "[^"]*" )?(?:java\.lang\.IllegalArgumentException|org\.elasticsearch\.common\.settings\.SettingsException): ([^\n]*)/,
    told: (match, _, more) => problem('bad_setting', { what: match[1] ?? '' }, more),
  },
  {
    pattern: /^(?:Exception in thread "[^"]*" )?([\w.$]+(?:Exception|Error)(?:: [^\n]*)?)\n\s+at /,
    told: (match, how, more) => problem('start_refused', { home: how.home, why: match[1] ?? '' }, more),
  },
]

function bootstrapChecks(text: string, more: { detail: string }): Problem {
  const checks = [...text.matchAll(/bootstrap check failure \[\d+\] of \[\d+\]: ([^\n]*)/g)].map((match) => (match[1] ?? '').replace(/; for more information see.*/, ''))
  const only = checks.length === 1 ? (checks[0] ?? '') : ''
  const maps = /vm\.max_map_count \[(\d+)\] is too low/.exec(only)?.[1]
  const files = /max file descriptors \[(\d+)\]/.exec(only)?.[1]
  if (maps !== undefined) return problem('max_map_count', { value: maps }, more)
  if (files !== undefined) return problem('max_files', { value: files }, more)
  if (only.startsWith('memory locking requested')) return problem('memory_not_locked', {}, more)
  return problem('bootstrap_check', { what: checks.join('; ') }, more)
}

/** Every name that `pattern` finds in its first group, once; in its second what was meant instead. */
function namesIn(text: string, pattern: RegExp): { name: string; meant: string | null }[] {
  const found = [...text.matchAll(pattern)].map(([, name = '', meant]) => ({ name, meant: meant?.replaceAll(/[[\]]|^any of /g, '') ?? null }))
  return found.filter(({ name }, index) => found.findIndex((one) => one.name === name) === index)
}

function entriesIn(text: string, pattern: RegExp, { config }: FailedStart): { names: string[]; path: string } {
  return { names: namesIn(text, pattern).map(({ name }) => name), path: keystoreIn(config) }
}

/** Where a Java option is from that this message of Java quotes. */
function placeOfOption(said: string, { options = [] }: FailedStart): string | null {
  const quoted = /'(.+)'/.exec(said)?.[1] ?? /(?:: | class )(\S.*)$/.exec(said)?.[1]
  if (quoted === undefined) return null
  const option = options.findLast(({ text }) => text === quoted || text.replace(/^-XX:[+-]?/, '') === quoted)
  return option === undefined ? null : placeOf(option)
}

/** What was thrown often says only where; its first cause says why. */
function withCause(said: string, text: string): string {
  const cause = /\nCaused by: [\w.$]+: ([^\n]+)/.exec(text)?.[1]
  return cause === undefined || said.includes(cause) ? said : `${said}: ${cause}`
}

function whyOfLogging(said: string): string {
  if (said.includes('getLoggerContext()')) return 'the account that runs the node cannot read it, or it is empty of all that Log4j knows'
  return said
}

/** The path before `: what is wrong with it`; else the data folder, which a node writes to first. */
function pathIn(match: RegExpExecArray, how: FailedStart): string {
  const before = match.input.slice(0, match.index)
  return /(?:Exception: |^)((?:\/|[A-Z]:\\)[^\n]+?): *(?:[^\n:]*: *)?$/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[1] ?? how.data
}

const keystoreIn = (config: string): string => join(config, 'elasticsearch.keystore')

const withoutPort = (address: string): string => address.replace(/:\d+$/, '')
