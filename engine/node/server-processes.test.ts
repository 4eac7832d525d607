import { expect, test } from 'vitest'
import { listProcesses, type ProcessEntry } from './process-table.ts'
import { nodeProcesses } from './server-processes.ts'

const home = '/srv/a "home" & x'
const serverWords = ['/jdk/bin/java', '-Xmx512m', '--module-path', `${home}/lib`, '--add-modules=jdk.net', '-m', 'org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch']

function entry(pid: number, words: readonly string[], parent = 1): ProcessEntry {
  return { pid, parent, uid: 1000, startedAt: 5, words, line: words.join(' ') }
}

/** A number no process has, so that its environment cannot be read. */
const gone = 2 ** 22 + 7

async function found(entries: ProcessEntry[], config = `${home}/config`): Promise<[number, string][]> {
  const processes = await nodeProcesses({ home, config }, 'linux', () => Promise.resolve(entries))
  return processes.map(({ pid, role }) => [pid, role])
}

test('a server is known by its main class and module path', async () => {
  expect(await found([entry(gone, serverWords)])).toEqual([[gone, 'server']])
})

test('the launchers of both kinds belong to the node: a start that is under way is seen before there is a server', async () => {
  const older = ['java', '-Dcli.name=server', `-Des.path.home=${home}`, `-Des.path.conf=${home}/config`, 'org.elasticsearch.launcher.CliToolLauncher', '-d']
  const newer = ['java', '-Xmx64m', '-cp', `${home}/lib/tools/server-launcher/*`, 'org.elasticsearch.server.launcher.ServerLauncher', '-d']
  expect(await found([entry(gone, older), entry(gone + 1, newer)])).toEqual([
    [gone, 'launcher'],
    [gone + 1, 'launcher'],
  ])
})

test('the config directory in the arguments decides', async () => {
  const words = ['java', '-Dcli.name=server', `-Des.path.home=${home}`, '-Des.path.conf=/etc/other', 'org.elasticsearch.launcher.CliToolLauncher']
  expect(await found([entry(gone, words)])).toEqual([])
  expect(await found([entry(gone, words)], '/etc/other')).toEqual([[gone, 'launcher']])
})

test('the server of another home, a tool of this one, and a text that only mentions it are none', async () => {
  const other = serverWords.map((word) => word.replace(home, '/srv/other'))
  const tool = ['java', '-Dcli.name=keystore', `-Des.path.home=${home}`, 'org.elasticsearch.launcher.CliToolLauncher']
  expect(await found([entry(gone, other), entry(gone, tool), entry(gone, ['grep', serverWords.join(' ')])])).toEqual([])
})

test('where its environment cannot be read, another config directory is not taken for granted', async () => {
  expect(await found([entry(gone, serverWords)], '/etc/other')).toEqual([])
})

test('macOS: what ps says is read, with blanks in the home', async () => {
  const ps = [
    '    1     0     0 Ss   Mon Nov 23 08:00:00 2026     /sbin/launchd',
    `  812     1   501 S    Mon Nov 23 22:52:41 2026     ${serverWords.join(' ')}`,
    '  900     1   501 Z    Mon Nov 23 22:52:41 2026     (java)',
  ].join('\n')
  const servers = await nodeProcesses({ home, config: `${home}/config` }, 'darwin', () => listProcesses('darwin', () => Promise.resolve(ps)))
  expect(servers).toMatchObject([{ pid: 812, uid: 501, startedAt: Date.parse('2026-11-23T22:52:41Z') }])
})

const onWindows = { home: 'C:\\es & 9', config: 'C:\\es & 9\\config' }
const windowsServer = 'C:\\jdk\\bin\\java.exe --module-path "c:\\ES & 9\\lib" --add-modules=jdk.net -m org.elasticsearch.server/org.elasticsearch.bootstrap.Elasticsearch'

function cimSays(rows: unknown): Promise<ProcessEntry[]> {
  return listProcesses('win32', () => Promise.resolve(`${JSON.stringify(rows)}\r\n`))
}

test('Windows: what CIM says is read, one process or several', async () => {
  const row = { pid: 77, parent: 4, line: windowsServer, started: '2026-11-23T22:52:41.1234567Z' }
  expect(await cimSays(row)).toMatchObject([{ pid: 77, startedAt: Date.parse('2026-11-23T22:52:41.123Z'), line: windowsServer }])
  expect(await cimSays([row, { ...row, pid: 78, line: null, started: null }])).toHaveLength(2)
  expect(await listProcesses('win32', () => Promise.resolve(''))).toEqual([])
  expect(await listProcesses('win32', () => Promise.reject(new Error('PowerShell is forbidden here')))).toEqual([])
})

test('Windows: a server and its launchers are known whichever letters their folder was typed in', async () => {
  const rows = [
    { pid: 1, parent: 2, line: windowsServer, started: null },
    { pid: 2, parent: 3, line: 'java.exe -Xmx64m -cp "C:\\es & 9\\lib\\tools\\server-launcher\\*" org.elasticsearch.server.launcher.ServerLauncher -q', started: null },
    { pid: 4, parent: 3, line: '"java.exe" -Dcli.name="server" -Des.path.home="C:\\Es & 9" -Des.path.conf="C:\\es & 9\\config" org.elasticsearch.launcher.CliToolLauncher', started: null },
    { pid: 5, parent: 3, line: windowsServer.replace('ES & 9', 'es 10'), started: null },
    { pid: 6, parent: 3, line: '"java.exe" -Dcli.name="server" -Des.path.home="C:\\Es & 9" -Des.path.conf="D:\\conf" org.elasticsearch.launcher.CliToolLauncher', started: null },
  ]
  const found = await nodeProcesses(onWindows, 'win32', () => cimSays(rows))
  expect(found.map(({ pid, role }) => [pid, role])).toEqual([
    [1, 'server'],
    [2, 'launcher'],
    [4, 'launcher'],
  ])
})

test('the processes of this machine are listed, this one among them', async () => {
  const own = (await listProcesses()).find(({ pid }) => pid === process.pid)
  expect(own?.parent).toBe(process.ppid)
  expect(Math.abs((own?.startedAt ?? 0) - (Date.now() - process.uptime() * 1000))).toBeLessThan(5000)
})
