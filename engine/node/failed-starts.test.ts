import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explainFailure } from './explain.ts'

interface FailedStart {
  readonly name: string
  readonly version: string
  readonly lines: readonly (readonly [level: string, text: string])[]
}

/** Starts of 8.16.6 and 9.4.3 that failed, as their logs and their launchers said it; stack traces cut short, the home called /es. */
const starts = JSON.parse(readFileSync(join(import.meta.dirname, 'testing', 'failed-starts.json'), 'utf8')) as readonly FailedStart[]

function explain({ lines }: FailedStart) {
  const config = '/es/config'
  const options = [
    { text: '-XX:+UseConcMarkSweepGC', from: `${config}/jvm.options.d/mine.options`, line: 1 },
    { text: 'Xmx1g', from: 'ES_JAVA_OPTS' },
  ]
  const logged = lines.map(([level, text]) => ({ at: 0, level, text, explains: false }))
  return explainFailure(logged, { home: '/es', config, data: '/es/data', options, code: 1, signal: null, memoryKill: false })
}

test.each(starts.map((start) => [`${start.name} on ${start.version}`, start] as const))('%s is explained, by a line of it', (_, start) => {
  const { problem, line } = explain(start)
  expect(problem.code).not.toBe('start_failed')
  expect(line).not.toBeNull()
  expect(problem.message).not.toMatch(/undefined|\[object|null/)
})

const expected: Readonly<Record<string, readonly [code: string, words: RegExp]>> = {
  'plugin-version': ['start_plugin_version', /odd.*8\.0\.0.*(?:8\.16\.6|9\.4\.3).*elasticsearch-plugin remove odd/s],
  'plugin-stable': ['start_plugin_', /./],
  'plugin-java': ['start_plugin_java', /odd requires Java 99/],
  'plugin-java-bad': ['start_plugin_broken', /Invalid version string: 'x'/],
  'plugin-noname': ['start_plugin_broken', /\[name\] is missing/],
  'plugin-noclass': ['start_plugin_broken', /\[classname\] is missing/],
  'plugin-nojar': ['start_plugin_broken', /org\.example\.Odd/],
  'plugin-extends': ['start_plugin_broken', /Missing plugin \[nothing\]/],
  'plugin-unknownkey': ['start_plugin_broken', /strange/],
  'plugin-folder-empty': ['start_plugin_stray', /\/es\/plugins\/odd/],
  'plugin-stray-dsstore': ['start_plugin_stray', /\/es\/plugins\/\.DS_Store/],
  'plugin-stray-zip': ['start_plugin_stray', /\/es\/plugins\/odd\.zip/],
  'plugin-installing': ['start_plugin_stray', /\.installing-123/],
  'plugin-removing': ['start_plugin_removal', /elasticsearch-plugin remove odd/],
  'plugins-yml': ['start_plugins_yml', /Docker/],
  placeholder: ['start_placeholder', /\$\{NOPE\}/],
  'unknown-four': ['unknown_setting', /clutser\.name \(did you mean cluster\.name\?\), foo\.bar, thing, xpack\.nope/],
  'unknown-removed': ['unknown_setting', /discovery\.zen\.minimum_master_nodes.*node\.master/s],
  'unknown-secure': ['unknown_secure_setting', /\/es\/config\/elasticsearch\.keystore: foo\.secret.*elasticsearch-keystore remove foo\.secret/s],
  'secure-in-yml': ['unknown_setting', /s3\.client\.default\.secret_key/],
  'insecure-in-keystore': ['setting_belongs_in_yml', /cluster\.name.*elasticsearch-keystore remove cluster\.name/s],
  'index-setting': ['bad_setting', /index level settings/],
  'log4j-missing': ['start_file_missing', /\/es\/config\/log4j2\.properties/],
  'log4j-garbage': ['start_logging', /Malformed/],
  'log4j-badunicode': ['start_logging', /Malformed/],
  'log4j-notype': ['start_logging', /No type attribute provided for Appender zz/],
  'log4j-nopolicy': ['start_logging', /policies/],
  'log4j-logger-noname': ['start_logging', /Logger zz/],
  'log4j-unreadable': ['start_logging', /cannot read/],
  'opt-cms': ['bad_jvm_option', /\/es\/config\/jvm\.options\.d\/mine\.options, line 1\).*UseConcMarkSweepGC/],
  'opt-nodash': ['bad_jvm_option', /mine\.options, line 1\): Xmx1g/],
  'opt-class': ['bad_jvm_option', /ES_JAVA_OPTS\).*Xmx1g/],
  'opt-log': ['bad_jvm_option', /gc\.log/],
  'opt-flags': ['bad_jvm_option', /\/nope\/flags/],
  'opt-module': ['bad_jvm_option', /nope not found/],
  'opt-agent': ['bad_jvm_option', /agent\.jar/],
  'heap-huge': ['not_enough_memory', /Native memory allocation/],
  'heap-min-max': ['bad_jvm_option', /larger value/],
  'heap-tiny': ['bad_jvm_option', /Too small maximum heap/],
  'heap-small': ['heap_exhausted', /./],
  'http-gone': ['tls_file_missing', /\/es\/config\/certs\/http\.p12/],
  'transport-gone': ['tls_file_missing', /transport\.p12/],
  'pem-missing': ['tls_file_missing', /node\.crt/],
  'http-wrongpass': ['tls_password_wrong', /http\.p12.*xpack\.security\.http\.ssl\.keystore\.secure_password/s],
  'http-nopass': ['tls_password_missing', /xpack\.security\.http\.ssl\.keystore\.secure_password/],
  'transport-nopass': ['tls_password_wrong', /xpack\.security\.transport\.ssl\.keystore\.secure_password/],
  'truststore-nopass': ['tls_password_missing', /xpack\.security\.transport\.ssl\.truststore\.secure_password/],
  'keystore-gone': ['tls_password_missing', /elasticsearch\.keystore/],
  'http-empty': ['secure_setting_wrong', /http\.p12/],
  'http-garbage': ['secure_setting_wrong', /http\.p12/],
  'http-unreadable': ['node_permission_denied', /http\.p12/],
  'store-outside': ['tls_file_outside', /\/etc\/somewhere\/http\.p12.*\/es\/config/s],
  'ssl-no-store': ['start_refused', /requires a key and certificate/],
  'keystore-locked': ['keystore_locked', /./],
  'keystore-wrong': ['keystore_wrong_password', /./],
  'keystore-torn': ['keystore_torn', /./],
  'keystore-dir': ['keystore_torn', /./],
  'jvm-missing': ['start_file_missing', /jvm\.options/],
  'jvm-unreadable': ['node_permission_denied', /jvm\.options/],
  'yml-unreadable': ['node_permission_denied', /elasticsearch\.yml/],
  'yml-tab': ['bad_setting', /next token/],
  'yml-duplicate': ['bad_setting', /Duplicate field 'node\.name'/],
  'yml-ipv6': ['bad_setting', /flow node/],
  'memory-lock': ['bootstrap_check', /memory locking requested/],
  'address-not-here': ['address_not_here', /203\.0\.113\.9/],
  'host-unresolved': ['address_not_here', /nohost\.invalid/],
  'interface-unknown': ['interface_unknown', /_nope_.*_lo_, _eth0_/s],
  // With no loopback interface up.
  plain: ['no_loopback', /loopback/],
  'data-file': ['start_refused', /path\.data.*\/es\/data/],
  'realm-order': ['start_refused', /security initialization failed: 'order' is a mandatory parameter/],
  'lib-jar-gone': ['start_incomplete', /org\/apache\/lucene/],
  'logger-level-setting': ['bad_setting', /LOUD/],
  'tmpdir-missing': ['start_refused', /\/nope\/tmp/],
  'roles-unknown': ['bad_setting', /unknown role \[mastre\]/],
  'cluster-name': ['bad_setting', /must not contain ':'/],
  'single-and-initial': ['bad_setting', /cluster\.initial_master_nodes.*single-node/],
}

test.each(Object.entries(expected))('%s is explained as %j', (name, [code, words]) => {
  const found = starts.filter((start) => start.name === name)
  expect(found.length).toBeGreaterThan(0)
  for (const start of found) {
    const { problem } = explain(start)
    expect(problem.code).toContain(code)
    expect(`${problem.message} ${problem.remedy}`).toMatch(words)
  }
})
