import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BootstrapFacts } from './foreseen.ts'
import { foreseeBootstrapChecks } from './rules.ts'
import { warnedAtLastStart } from './warned.ts'

const fine: BootstrapFacts = {
  settings: new Map<string, string | string[]>([
    ['transport.host', '10.0.0.5'],
    ['cluster.initial_master_nodes', ['n1']],
    ['xpack.security.transport.ssl.enabled', 'true'],
  ]),
  limits: { openFiles: 65_535, threads: 4096, virtualMemory: Infinity, fileSize: Infinity, lockedMemory: 8_388_608 },
  maxMapCount: 262_144,
  options: [],
  java: { home: '/jdk', executable: '/jdk/bin/java', major: 25, version: '25.0.3', source: 'bundled' },
  warned: [],
  platform: 'linux',
  layout: 'archive',
}

const set = (name: string, value: string) => ({ settings: new Map([...fine.settings, [name, value] as const]) })
const without = (name: string) => ({ settings: new Map([...fine.settings].filter(([one]) => one !== name)) })
const limited = (limits: Partial<BootstrapFacts['limits']>) => ({ limits: { ...fine.limits, ...limits } })
const told = (...texts: string[]) => ({ options: texts.map((text) => ({ text, from: 'ES_JAVA_OPTS' })) })
const failing = (change: Partial<BootstrapFacts>) => foreseeBootstrapChecks({ ...fine, ...change }).filter(({ status }) => status === 'blocks')

test('a machine that is fit for production fails none', () => {
  expect(failing({})).toEqual([])
  expect(failing({ platform: 'win32', maxMapCount: null, limits: { openFiles: null, threads: null, virtualMemory: null, fileSize: null, lockedMemory: null } })).toEqual([])
  expect(failing({ platform: 'darwin', maxMapCount: null, ...limited({ openFiles: 10_240 }) })).toEqual([])
})

test.each([
  ['max-map-count', { maxMapCount: 65_530 }],
  ['open-files', limited({ openFiles: 65_534 })],
  ['threads', limited({ threads: 4095 })],
  ['virtual-memory', limited({ virtualMemory: 16_000_000 })],
  ['file-size', limited({ fileSize: 1_000_000 })],
  ['memory-lock', set('bootstrap.memory_lock', 'true')],
  ['heap-size', told('-Xms512m', '-Xmx1g')],
  ['heap-size', told('-Xmx1g')],
  ['heap-size', told('-Xms1g')],
  ['collector', told('-XX:+UseSerialGC')],
  ['on-error', told('-XX:OnError=gdb')],
  ['on-error', told('-XX:OnOutOfMemoryError=kill')],
  ['early-access', { java: { ...fine.java!, version: '26-ea' } }],
  ['discovery', without('cluster.initial_master_nodes')],
  ['transport-tls', without('xpack.security.transport.ssl.enabled')],
  ['warned', { warned: ['system call filters failed to install; check the logs and fix your configuration'] }],
])('what would end the start is foreseen, with what to change: %s', (id, change) => {
  expect(failing(change)).toEqual([expect.objectContaining({ id, remedy: expect.stringMatching(/.{10}/) as string })])
})

test.each([
  { maxMapCount: 65_530, ...set('node.store.allow_mmap', 'false') },
  { ...set('bootstrap.memory_lock', 'true'), ...limited({ lockedMemory: Infinity }) },
  told('-Xms1g', '-Xmx1024m'),
  told('-Xmx1g', '-Xms512m', '-Xms1g'),
  told('-XX:+UseSerialGC', '-XX:-UseSerialGC'),
  { ...without('cluster.initial_master_nodes'), platform: 'win32' as const, settings: new Map([...fine.settings, ['discovery.seed_hosts', '10.0.0.6']]) },
  { warned: ['max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]', 'max file descriptors [4096] for elasticsearch process is too low'] },
])('what Elasticsearch lets pass, passes', (change) => {
  expect(failing(change as Partial<BootstrapFacts>)).toEqual([])
})

test('of a package, systemd sets the limits', () => {
  expect(failing({ layout: 'package', ...limited({ openFiles: 1024 }) })).toMatchObject([{ remedy: expect.stringContaining('LimitNOFILE=65535') as string }])
  expect(failing({ layout: 'package', ...limited({ virtualMemory: 1 }) })).toMatchObject([{ remedy: expect.stringContaining('LimitAS=infinity') as string }])
})

test('what the last start warned of is read from its log, and nothing of an earlier start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-warned-'))
  const log = join(folder, 'elasticsearch.log')
  const line = (level: string, logger: string, text: string) => `[2026-11-25T09:00:00,000][${level.padEnd(5)}][${logger.padEnd(25)}] [n1] ${text}\n`
  try {
    await writeFile(
      log,
      [
        line('INFO', 'o.e.n.Node', 'version[9.4.3], pid[1]'),
        line('WARN', 'o.e.b.BootstrapChecks', 'an earlier one'),
        line('INFO', 'o.e.n.Node', 'version[9.4.3], pid[2]'),
        line('WARN', 'o.e.b.BootstrapChecks', 'granting the all permission effectively disables security; for more information see [https://example.org]'),
        line('WARN', 'o.e.x.Other', 'something else'),
        line('WARN', 'o.e.b.BootstrapChecks', 'JVM is using the client VM'),
      ].join(''),
    )
    expect(await warnedAtLastStart(log)).toEqual(['granting the all permission effectively disables security', 'JVM is using the client VM'])
    expect(await warnedAtLastStart(join(folder, 'none.log'))).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})
