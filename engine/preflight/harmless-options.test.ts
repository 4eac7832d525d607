import { expect, test } from 'vitest'
import { folderOfFile, harmless } from './harmless-options.ts'

const options = (...texts: string[]) => texts.map((text) => ({ text, from: 'ES_JAVA_OPTS' }))
const asked = (...texts: string[]) => harmless(options(...texts)).asked.flatMap(({ args }) => args)

test.each([
  '-XX:OnOutOfMemoryError=reboot', '-XX:OnError=gcore', '-XX:Flags=/tmp/flags', '-XX:VMOptionsFile=/tmp/more', '-javaagent:/tmp/a.jar=x', '-agentpath:/tmp/a.so',
  '-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=5005', '-Xrunjdwp:server=y', '-Xshare:dump', '-XX:StartFlightRecording=filename=a.jfr',
  '-XX:HeapDumpPath=data', '-XX:ErrorFile=logs/hs_err_pid%p.log', '-XX:LogFile=a.log', '-XX:+LogVMOutput', '-XX:ArchiveClassesAtExit=a.jsa', '-XX:+AutoCreateSharedArchive',
  '-XX:AOTCacheOutput=a.aot', '-XX:+PauseAtStartup', '-XX:+AlwaysPreTouch', '-XX:+DumpPerfMapAtExit', '-Dcom.sun.management.jmxremote.port=9999', '-Djava.io.tmpdir=/tmp',
  '-Djava.system.class.loader=Evil', '--patch-module=java.base=/tmp/evil', '-Xbootclasspath/a:/tmp/evil', '@/tmp/args', '-XX:PerfDataSaveFile=a',
])('Java is not asked about %s, which would do something', (text) => {
  expect(asked(text)).toEqual([])
})

test.each([
  '-Xmx1g', '-XX:+UseConcMarkSweepGC', '-XX:+UseG1GCC', '-Xnope', '--nope', '-XX:+HeapDumpOnOutOfMemoryError', '-XX:CompileCommand=dontinline,java/lang/invoke/X.y',
  '--add-modules=jdk.incubator.vector', '-Djava.security.manager=allow', '-Xlog:gc*', '-Xlog:gc*:stdout:utctime', '-XX:HeapDumpPth=data', '-ea', '-server',
])('Java is asked about %s', (text) => {
  expect(asked(text)).toEqual([text])
})

test('a log goes to standard output instead of its file, whose folder is looked at', () => {
  const gc = harmless(options('-Xlog:gc*,gc+age=trace,safepoint:file=logs/gc.log:utctime,level,pid,tags:filecount=32,filesize=64m'))
  expect(gc.asked[0]?.args).toEqual(['-Xlog:gc*,gc+age=trace,safepoint:stdout:utctime,level,pid,tags'])
  expect(gc.files).toMatchObject([{ path: 'logs/gc.log', use: 'write' }])
  const quoted = harmless(options('-Xlog:gc:file="C:\\my logs\\gc.log"', '-Xlog:gc:file=C:\\logs\\gc.log:time', '-Xlog:gc:plain.log', '-Xloggc:/old/gc.log'))
  expect(quoted.files.map(({ path }) => path)).toEqual(['C:\\my logs\\gc.log', 'C:\\logs\\gc.log', 'plain.log', '/old/gc.log'])
  expect(quoted.asked.flatMap(({ args }) => args).join(' ')).not.toMatch(/\.log/)
})

test.each(['Xmx1g', '-jar', '-version', '--list-modules', '-m', 'org.example.Main'])('%s is no option of a node, and Java never sees it', (text) => {
  expect(harmless(options('-Xms1g', text))).toMatchObject({ misplaced: [{ text }] })
  expect(asked('-Xms1g', text)).toEqual(['-Xms1g'])
})

test('a value that is an argument of its own stays with its option', () => {
  expect(harmless(options('--add-modules', 'jdk.incubator.vector', '-Xms1g'))).toMatchObject({
    asked: [{ args: ['--add-modules', 'jdk.incubator.vector'] }, { args: ['-Xms1g'] }],
    misplaced: [],
  })
})

test('the folder of a file is looked for where the node works', () => {
  expect(folderOfFile('gc.log', '/es/logs', 'linux')).toBe('/es/logs')
  expect(folderOfFile('/var/log/gc.log', '/es/logs', 'linux')).toBe('/var/log')
  expect(folderOfFile('logs\\gc.log', 'C:\\es', 'win32')).toBe('C:\\es\\logs')
})
