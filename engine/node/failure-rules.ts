import { join } from 'node:path'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { FailedStart } from './explain.ts'

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
    pattern: /(?:Could not reserve enough space for|There is insufficient memory for the Java Runtime Environment|Native memory allocation \(\w+\) failed|unable to create native thread).*/,
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
    pattern:
      /(?:Unrecognized (?:VM )?option|Improperly specified VM option|Conflicting collector combinations|Invalid (?:maximum|initial) heap size|Multiple garbage collectors selected|agent library failed|Could not find agent library|Error opening zip file or JAR manifest missing|Initial heap size set to a larger|Too small (?:maximum|initial) heap|encountered \[\d+\] errors? parsing).*/,
    told: (match, _, more) => problem('bad_jvm_option', { what: match[0] }, more),
  },
  {
    pattern: /can ?not run elasticsearch as root/i,
    told: (_match, _how, more) => problem('runs_as_root', {}, more),
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
    pattern: /(codec header mismatch|codec footer mismatch|checksum failed|Keystore has been corrupted|read past EOF).*elasticsearch\.keystore/,
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
    pattern: /Failed to resolve \w+ \[([^\]]*)\]|UnknownHostException: ([^\s:]+)/,
    told: (match, _, more) => problem('address_not_here', { address: match[1] ?? match[2] ?? '' }, more),
  },
  {
    pattern: /cannot (?:upgrade|downgrade) a node from version.*|(?:IndexFormatTooOldException|IndexFormatTooNewException).*|cannot start this node because it holds metadata for indices with version.*/,
    told: (match, _, more) => problem('data_of_another_version', { what: match[0] }, more),
  },
  {
    pattern: /unknown (?:secure )?setting \[([^\]]+)\]([^\n]*)/,
    told: (match, _, more) => problem('unknown_setting', { name: match[1] ?? '', hint: match[2] ?? '' }, more),
  },
  {
    pattern: /cannot read configured \[\w+\] keystore[^\n]*|failed to load SSL configuration[^\n]*/,
    told: (match, _, more) => problem('secure_setting_wrong', { what: match[0] }, more),
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
    pattern: /fatal exception while booting Elasticsearch\s+(?:[\w.$]+: )?([^\n]*)/,
    told: (match, how, more) => problem('start_refused', { home: how.home, why: match[1] ?? '' }, more),
  },
  {
    pattern: /^ERROR: (?!Elasticsearch (?:died|did not exit))(.*?)(?:, with exit code \d+)?$/,
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
  return problem('bootstrap_check', { what: checks.join('; ') }, more)
}

/** The path before `: what is wrong with it`; else the data folder, which a node writes to first. */
function pathIn(match: RegExpExecArray, how: FailedStart): string {
  const before = match.input.slice(0, match.index)
  return /(?:Exception: |^)((?:\/|[A-Z]:\\)[^\n]+?): *(?:[^\n:]*: *)?$/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[1] ?? how.data
}

const keystoreIn = (config: string): string => join(config, 'elasticsearch.keystore')

const withoutPort = (address: string): string => address.replace(/:\d+$/, '')
