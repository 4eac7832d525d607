import { expect, test } from 'vitest'
import { explainFailure, type FailedStart } from './explain.ts'

const how: FailedStart = { home: '/es', config: '/es/config', data: '/es/data', code: 1, signal: null, memoryKill: false }
const booting = 'fatal exception while booting Elasticsearch\n'

function explain(texts: readonly (string | [level: string, text: string])[], more: Partial<FailedStart> = {}): { code: string; message: string; line: number | null } {
  const lines = texts.map((one) => (typeof one === 'string' ? { at: 0, level: 'ERROR', text: one, explains: false } : { at: 0, level: one[0], text: one[1], explains: false }))
  const { problem, line } = explainFailure(lines, { ...how, ...more })
  return { code: problem.code, message: problem.message, line }
}

// Lines as 8.16.6 and 9.4.3 wrote them, stack traces cut short.
test.each<[string, string, string]>([
  [`${booting}org.elasticsearch.http.BindHttpException: Failed to bind to 127.0.0.1:9200\n\tat x\nCaused by: java.net.BindException: Address already in use`, 'node_port_taken', '127.0.0.1:9200'],
  [`${booting}org.elasticsearch.transport.BindTransportException: Failed to bind to 203.0.113.9:9300\n\tat x\nCaused by: java.net.BindException: Cannot assign requested address`, 'address_not_here', '203.0.113.9'],
  ['Could not reserve enough space for 536870912000KB object heap', 'not_enough_memory', '536870912000KB'],
  ['Terminating due to java.lang.OutOfMemoryError: Java heap space', 'heap_exhausted', 'heap'],
  ['Invalid maximum heap size: -Xmx12q', 'bad_jvm_option', '-Xmx12q'],
  ["Unrecognized VM option 'NoSuchThing'", 'bad_jvm_option', 'NoSuchThing'],
  ['ERROR: encountered [1] error parsing [/es/config/jvm.options.d/x.options]', 'bad_jvm_option', 'x.options'],
  ['java.lang.Error: A command line option has attempted to allow or enable the Security Manager. Enabling a Security Manager is not supported.', 'wrong_java', 'Security Manager'],
  [`${booting}java.lang.RuntimeException: can not run elasticsearch as root`, 'runs_as_root', 'root'],
  [`${booting}java.lang.IllegalArgumentException: unknown setting [clutser.name] did you mean [cluster.name]?`, 'unknown_setting', 'clutser.name (did you mean cluster.name?)'],
  [`${booting}java.lang.IllegalArgumentException: Failed to parse value [maybe] as only [true] or [false] are allowed.`, 'bad_setting', '[maybe]'],
  ["Caused by: org.elasticsearch.xcontent.XContentParseException: [6:10] Duplicate field 'node.name'", 'bad_setting', "Duplicate field 'node.name'"],
  ['java.lang.SecurityException: Provided keystore password was incorrect', 'keystore_wrong_password', '/es/config/elasticsearch.keystore'],
  ['java.lang.IllegalStateException: unable to read from standard input; is standard input open and a tty attached?', 'keystore_locked', 'elasticsearch.keystore'],
  ['org.apache.lucene.index.CorruptIndexException: codec header mismatch: actual header=1 vs expected header=2 (resource=BufferedChecksumIndexInput(NIOFSIndexInput(path="/es/config/elasticsearch.keystore")))', 'keystore_torn', 'codec header mismatch'],
  ['java.nio.file.AccessDeniedException: /es/config/elasticsearch.keystore', 'node_permission_denied', '/es/config/elasticsearch.keystore'],
  [`${booting}java.lang.IllegalStateException: failed to obtain node locks, tried [/es/data]; maybe these locations are not writable or multiple nodes were started on the same data path?`, 'node_lock_held', '/es/data'],
  [`${booting}java.lang.IllegalStateException: failed to obtain node locks, tried [/es/data]; maybe…\nCaused by: java.nio.file.FileSystemException: /es/data/node.lock: Read-only file system`, 'disk_read_only', '/es/data/node.lock'],
  [`${booting}org.elasticsearch.ElasticsearchException: Failed to bind service\nCaused by: java.io.IOException: No space left on device`, 'disk_full', '/es/data'],
  [`${booting}org.elasticsearch.ElasticsearchSecurityException: failed to load SSL configuration [xpack.security.http.ssl] - cannot read configured [PKCS12] keystore (as a truststore) [/es/config/http.p12] - this is usually caused by an incorrect password`, 'tls_password_wrong', '/es/config/http.p12'],
  [`${booting}java.lang.IllegalStateException: cannot upgrade a node from version [8.16.6] directly to version [9.4.3]`, 'data_of_another_version', '8.16.6'],
  [`${booting}java.lang.IllegalStateException: something new`, 'start_refused', 'something new'],
  ['ERROR: Missing logging config file at /es/config/log4j2.properties, with exit code 78', 'start_file_missing', 'log4j2.properties'],
])('%s', (line, code, words) => {
  const told = explain([['INFO', 'version[8.16.6]'], line, 'ERROR: Elasticsearch died while starting up, with exit code 1'])
  expect(told).toMatchObject({ code, line: 1 })
  expect(told.message).toContain(words)
})

test('one bootstrap check is told with what to do, several are all named', () => {
  const maps = 'max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]; for more information see [https://x]'
  const files = 'max file descriptors [20000] for elasticsearch process is too low, increase to at least [65535]; for more information see [https://y]'
  expect(explain([`node validation exception\nbootstrap check failure [1] of [1]: ${maps}`])).toMatchObject({ code: 'max_map_count' })
  expect(explain([`node validation exception\nbootstrap check failure [1] of [1]: ${files}`])).toMatchObject({ code: 'max_files' })
  const both = explain([`node validation exception\nbootstrap check failure [1] of [2]: ${files}\nbootstrap check failure [2] of [2]: ${maps}`])
  expect(both.code).toBe('bootstrap_check')
  expect(both.message).toMatch(/20000.*65530/s)
  expect(both.message).not.toContain('https')
})

test('what was only a warning explains nothing', () => {
  const told = explain([['WARN', 'Permission denied'], ['INFO', 'starting ...'], 'ERROR: Elasticsearch died while starting up, with exit code 1'])
  expect(told.code).toBe('start_failed')
})

test('a node that was killed is told so, and for want of memory where the system killed for that', () => {
  const lines = ['ERROR: Elasticsearch died while starting up, with exit code 137']
  expect(explain(lines, { code: 137 })).toMatchObject({ code: 'node_killed' })
  expect(explain(lines, { code: null, signal: 'SIGTERM' })).toMatchObject({ code: 'node_killed', message: expect.stringContaining('SIGTERM') })
  expect(explain(lines, { code: 137, memoryKill: true })).toMatchObject({ code: 'out_of_memory_killed' })
})

test('without a word the exit status is told, and no line', () => {
  expect(explain([], { code: 70 })).toMatchObject({ code: 'start_failed', line: null, message: expect.stringContaining('70') })
})
