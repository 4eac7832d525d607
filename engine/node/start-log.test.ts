import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LogLine } from '../../shared/contract/setup.ts'
import { takeSecrets } from '../secret-variables.ts'
import type { LogEvent } from './log-event.ts'
import { logsBefore } from './log-follow.ts'
import { StartLog, type TakeLines } from './start-log.ts'

let folder = ''
let out = ''
let err = ''
let json = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-start-'))
  out = join(folder, 'firstnode-start.out')
  err = join(folder, 'firstnode-start.err')
  json = join(folder, 'es_server.json')
  await writeFile(out, '')
  await writeFile(err, '')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

function line(message: string, more: Record<string, string> = {}): string {
  return `${JSON.stringify({ '@timestamp': '2026-11-23T22:54:01.417Z', 'log.level': 'INFO', message, 'log.logger': 'org.elasticsearch.node.Node', 'elasticsearch.node.name': 'n', ...more })}\n`
}

async function begin(take: TakeLines = () => undefined): Promise<{ log: StartLog; events: LogEvent[] }> {
  const events: LogEvent[] = []
  return { log: new StartLog({ logs: await logsBefore(folder), out, err }, take, (event) => events.push(event)), events }
}

test('the log and what is printed beside it are one stream, the console\'s copy of the log left out', async () => {
  const { log, events } = await begin()
  await writeFile(out, 'Error occurred during initialization of VM\n[2026-11-23T22:54:01,417][INFO ][o.e.n.Node               ] [n] starting ...\njava.lang.X: trouble\n\tat A.b\n')
  await writeFile(err, 'Enter password for the elasticsearch keystore : warned\n\n')
  await writeFile(json, line('starting ...'))
  await log.pump(true)
  expect(log.kept.map(({ text }) => text)).toEqual(['warned', 'Error occurred during initialization of VM', 'starting ...'])
  expect(events.map(({ message }) => message)).toEqual(['starting ...'])
  expect([log.file, log.node]).toEqual([json, 'n'])
})

test('a secret that the settings of the node refer to is in no line of it', async () => {
  process.env.KIBANA_PASSWORD = 'sesame: open'
  takeSecrets()
  const { log, events } = await begin()
  await writeFile(err, 'unknown setting [sesame: open]\n')
  await writeFile(json, line('Failed to parse value [sesame: open] for setting [http.port]', { 'error.stack_trace': 'at sesame: open' }))
  await log.pump(true)
  expect(log.kept.map(({ text }) => text)).toEqual(['unknown setting [••••]', 'Failed to parse value [••••] for setting [http.port]\nat ••••'])
  expect(events).toHaveLength(1)
})

test('without any log file the console stands for it, with its stack traces', async () => {
  const { log, events } = await begin()
  await writeFile(out, '[2026-11-23T22:54:01,417][ERROR][o.e.b.Elasticsearch      ] [n] fatal\njava.lang.X: trouble\n\tat A.b\n')
  await log.pump(true)
  expect(log.kept).toMatchObject([{ level: 'ERROR', text: 'fatal\njava.lang.X: trouble\n\tat A.b' }])
  expect(events).toHaveLength(1)
})

test('a flood comes in batches of 500, the older lines counted as dropped', async () => {
  const batches: { lines: LogLine[]; dropped: number }[] = []
  const { log } = await begin((lines, dropped) => void batches.push({ lines, dropped }))
  await writeFile(json, Array.from({ length: 1200 }, (_, index) => line(`line ${index}`)).join(''))
  await log.pump(true)
  expect(batches.every(({ lines }) => lines.length <= 500)).toBe(true)
  expect(batches.reduce((sum, { lines, dropped }) => sum + lines.length + dropped, 0)).toBe(1200)
  expect(batches.at(-1)?.lines.at(-1)?.text).toBe('line 1199')
  expect(log.kept).toHaveLength(1200)
})

test('a reader that takes its time is waited for, and nothing is read meanwhile', async () => {
  let release = (): void => undefined
  const taken: string[][] = []
  const { log } = await begin(async (lines) => {
    taken.push(lines.map(({ text }) => text))
    await new Promise<void>((done) => {
      release = done
    })
  })
  await writeFile(json, line('one'))
  const first = log.pump()
  await expect.poll(() => taken.length).toBe(1)
  await appendFile(json, line('two'))
  const second = log.pump()
  expect(taken).toEqual([['one']])
  release()
  await first
  await expect.poll(() => taken.length).toBe(2)
  release()
  await second
  expect(taken).toEqual([['one'], ['two']])
})
