import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../../engine/installation/inspect.ts'
import { runPreflight } from '../../../engine/preflight/preflight.ts'
import type { Check, PreflightReport } from '../../../shared/contract/preflight.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { freshHome, type FreshHome } from '../../support/fresh-home.ts'
import { firstOf } from '../../support/in-turn.ts'
import { giveTo } from '../node/node-home.ts'

/** Java itself is asked, on the Java that this version is started on; no node is started. */
describe.each(firstOf('9.4.3', '8.16.6'))('the Java options of Elasticsearch %s', (version) => {
  let fresh: FreshHome
  let file = ''

  beforeAll(async () => {
    fresh = await freshHome(version)
    file = join(fresh.home, 'config', 'jvm.options.d', 'mine.options')
    await mkdir(dirname(file), { recursive: true })
  })
  afterAll(() => fresh.remove())

  async function check(text: string, more: { ES_JAVA_OPTS?: string; heap?: string } = {}): Promise<{ report: PreflightReport; of: (id: string) => Check | undefined }> {
    await writeFile(file, text)
    await giveTo(file, fresh.account)
    const { heap, ...variables } = more
    const env = { PATH: process.env.PATH, ES_JAVA_HOME: fresh.java, ...variables }
    const before = await folderTree(fresh.home)
    const report = await runPreflight(await inspect({ home: fresh.home }, env), { env, ...(heap === undefined ? {} : { heap }) })
    expect(await folderTree(fresh.home)).toEqual(before)
    return { report, of: (id) => report.checks.find((one) => one.id === id) }
  }

  test.each([
    ['# mine\n-XX:+UseConcMarkSweepGC\n', 2, /UseConcMarkSweepGC/],
    ['-Xms2g\n-Xmx1g\n', 2, /larger value than the maximum/],
    ['-XX:+UseG1GCC\n', 1, /UseG1GCC/],
    ['-Xmx1gb\n', 1, /Invalid maximum heap size/],
    ['-Xms1g -Xmx1g\n', 1, /Invalid initial heap size/],
    ['-XX:+UseSerialGC\n', 1, /Multiple garbage collectors/],
    ['-XX:MaxPermSize=1g\n', 1, /MaxPermSize/],
    ['-Xmaximum\n', 1, /-Xmaximum/],
    ['--add-modules=nope\n', 1, /nope not found/],
    ['-Xlog:gcc\n', 1, /Invalid tag/],
  ])('%j is refused by Java itself, with file and line', async (text, line, said) => {
    const { report, of } = await check(text)
    expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'jvm-options' })
    expect(of('jvm-options')).toMatchObject({ code: 'jvm_option_refused', detail: expect.stringMatching(said) })
    expect(of('jvm-options')?.detail).toContain(`${file}, line ${line}`)
  })

  test('all that are refused are named at once, also those of the environment', async () => {
    const { of } = await check('-XX:+UseConcMarkSweepGC\n-XX:MaxPermSize=1g\n', { ES_JAVA_OPTS: '-Xnope' })
    expect(of('jvm-options')?.detail).toMatch(/UseConcMarkSweepGC.*MaxPermSize.*-Xnope \(ES_JAVA_OPTS\)/)
  })

  test.each([
    ['Xmx1g\n', {}, 'jvm_options_malformed'],
    ['', { ES_JAVA_OPTS: 'Xmx1g' }, 'jvm_option_misplaced'],
    ['-javaagent:/nope/agent.jar\n', {}, 'jvm_option_file'],
    ['-Xlog:gc*:file=/nope/gc.log\n', {}, 'jvm_option_file'],
    ['-XX:Flags=/nope/flags\n', {}, 'jvm_option_file'],
    ['-Xms200t\n-Xmx200t\n', {}, 'not_enough_memory'],
  ])('%j, %j: %s', async (text, more, code) => {
    const { report, of } = await check(text, more)
    expect(report.verdict).toBe('blocked')
    expect(of('jvm-options')?.code).toBe(code)
  })

  test('options for another Java do not matter, and those of the archive are fine', async () => {
    expect((await check('8-13:-XX:+UseConcMarkSweepGC\n99-:-XX:+Nope\n')).report.verdict).toBe('ready')
  })

  test('a heap that is asked for is tried with the options of the home', async () => {
    expect((await check('-Xmx1g\n', { heap: '2g' })).report.verdict).toBe('ready')
    const { of } = await check('', { ES_JAVA_OPTS: '-Xmx1g', heap: '2g' })
    expect(of('jvm-options')).toMatchObject({ code: 'jvm_option_refused', detail: expect.stringContaining('ES_JAVA_OPTS') })
  })

  test('a largest heap beyond the memory starts: it is a warning', async () => {
    const { report, of } = await check('', { ES_JAVA_OPTS: '-Xmx8000g' })
    expect(report.verdict).toBe('ready')
    expect(of('memory')).toMatchObject({ status: 'warning', code: 'heap_above_memory', detail: expect.stringContaining('8000g (ES_JAVA_OPTS)') })
    expect((await check('-XX:MaxHeapSize=8000g\n')).of('memory')).toMatchObject({ status: 'warning' })
  })

  test('nothing that the options would write, load or run is written, loaded or run', async () => {
    const trap = join(tmpdir(), `firstnode-trap-${process.pid}-${version}`)
    const before = await readdir(tmpdir())
    const { report } = await check(
      [
        `-XX:OnError=touch ${trap}`,
        `-XX:OnOutOfMemoryError=touch ${trap}`,
        `-Xlog:gc*:file=${trap}.log`,
        `-XX:HeapDumpPath=${trap}`,
        `-XX:StartFlightRecording=filename=${trap}.jfr`,
        `-XX:ArchiveClassesAtExit=${trap}.jsa`,
        '-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0',
        '-Dcom.sun.management.jmxremote.port=0',
        '-XX:+AlwaysPreTouch',
        '',
      ].join('\n'),
    )
    expect(report.verdict).toBe('ready')
    const made = (await readdir(tmpdir())).filter((name) => !before.includes(name))
    expect(made.filter((name) => /^(?:firstnode-trap|hs_err|hsperf|replay)/.test(name))).toEqual([])
  })
})
