import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { FailedStart } from './explain.ts'

/** One known failure: how its line reads, and what it means. */
export interface FailureRule {
  readonly pattern: RegExp
  told(match: RegExpExecArray, how: FailedStart, more: { detail: string }): Problem
}

/** The first line of a text, without the name of the exception before it. */
function said(text: string): string {
  const first = text.split('\n')[0] ?? ''
  return first.replace(/^(?:[\w.$]+(?:Exception|Error): )+/, '').trim()
}

const one = (match: RegExpExecArray, index = 1): string => match[index] ?? ''

/**
 * What ends starts of Elasticsearch 8 and 9, most telling first: a cause stands before what follows from it. Each was
 * provoked on 8.16.6 and 9.4.3 but where a comment names another source.
 */
export const failureRules: readonly FailureRule[] = [
  {
    pattern: /Invalid maximum heap size.*|Invalid initial heap size.*|Initial heap size set to a larger value than the maximum heap size.*|Too small (?:maximum|initial) heap.*/,
    told: (match, _, more) => problem('bad_jvm_option', { what: one(match, 0) }, more),
  },
  {
    pattern:
      /Could not reserve enough space for .*|There is insufficient memory for the Java Runtime Environment.*|Native memory allocation \(\w+\) failed.*|(?:os::commit_memory|Cannot allocate memory|error='Not enough space').*|unable to create native thread.*/,
    told: (match, _, more) => problem('not_enough_memory', { what: one(match, 0) }, more),
  },
  {
    pattern: /java\.lang\.OutOfMemoryError: Java heap space|Terminating due to java\.lang\.OutOfMemoryError/,
    told: (_match, _how, more) => problem('heap_exhausted', {}, more),
  },
  {
    pattern: /Enabling a Security Manager is not supported.*|minimum required Java version is .*|UnsupportedClassVersionError.*|The Java Security Manager .*not supported.*/,
    told: (match, _, more) => problem('wrong_java', { what: one(match, 0) }, more),
  },
  {
    pattern: /(?:Unrecognized (?:VM )?option|Unrecognized option:|Improperly specified VM option|Conflicting collector combinations|VM option '[^']*' is|encountered \[\d+\] error.* parsing \[).*/,
    told: (match, _, more) => problem('bad_jvm_option', { what: one(match, 0) }, more),
  },
  {
    pattern: /can ?not run elasticsearch as root/i,
    told: (_match, _how, more) => problem('runs_as_root', {}, more),
  },
  {
    pattern: /bootstrap check failure \[\d+\] of \[\d+\]: max virtual memory areas vm\.max_map_count \[(\d+)\] is too low/,
    told: (match, _, more) => problem('max_map_count', { value: one(match) }, more),
  },
  {
    pattern: /bootstrap check failure \[\d+\] of \[\d+\]: max file descriptors \[(\d+)\]/,
    told: (match, _, more) => problem('max_files', { value: one(match) }, more),
  },
  {
    pattern: /bootstrap check failure \[\d+\] of \[\d+\]: (.*)/,
    told: (match, _, more) => problem('bootstrap_check', { what: one(match) }, more),
  },
  {
    pattern: /failed to obtain node locks?, tried \[(.*?)\]/,
    told: (match, _, more) => problem('node_lock_held', { path: one(match) }, more),
  },
  {
    pattern: /Provided keystore password was incorrect|Failed to read keystore password on console|Decrypted secure settings data is corrupt/,
    told: (_match, how, more) => problem('keystore_password_wrong', { config: how.config }, more),
  },
  {
    pattern: /unknown setting \[([^\]]+)\](.*)/,
    told: (match, _, more) => problem('unknown_setting', { name: one(match), hint: one(match, 2) }, more),
  },
  {
    pattern: /Read-only file system/,
    told: (match, _, more) => problem('disk_read_only', { path: pathBefore(match) }, more),
  },
  {
    pattern: /No space left on device/,
    told: (match, _, more) => problem('disk_full', { path: pathBefore(match) }, more),
  },
  {
    pattern: /(?:AccessDeniedException|AccessDeniedException:|Permission denied)[:\s]+(\S.*)?/,
    told: (match, _, more) => problem('node_permission_denied', { path: said(one(match)) }, more),
  },
  {
    pattern: /(?:BindTransportException|BindHttpException|Failed to bind to|Address already in use)[^[]*(\[?[^\s\]]*\]?[^\s]*)/,
    told: (match, _, more) => problem('node_port_taken', { port: one(match) }, more),
  },
]

function pathBefore(match: RegExpExecArray): string {
  return /(\/[^\n:]+): *$/.exec(match.input.slice(0, match.index))?.[1] ?? 'its folders'
}
