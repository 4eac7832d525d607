import { expect, test } from 'vitest'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'
import { kibanaDone, kibanaLink, kibanaPreview, kibanaView } from '../../test/cli/kibana-answers.ts'
import { problem } from '../../shared/problems/problem.ts'

const home = ['--kibana-home', '/opt/kibana-9.4.3']
const env = { ENROLLMENT_TOKEN: 'eyJ2ZXIi' }
const double = (change: Partial<EngineDouble> = {}) => Object.assign(new EngineDouble(), change)

test('kibana shows what it will write, writes it, starts Kibana and says where it answers', async () => {
  const result = await ran(['kibana', ...home], { env })
  expect(result.code).toBe(0)
  expect(result.double.calls).toEqual(['kibana.look', 'kibana.preview', 'kibana.apply', 'kibana.start', 'kibana.watch', 'kibana.open'])
  expect(result.double.inputs['kibana.preview']).toEqual({ target: { home: '/opt/kibana-9.4.3' }, token: 'eyJ2ZXIi', replace: false })
  expect(result.out).toContain('+ elasticsearch.serviceAccountToken: ••••')
  expect(result.out).toContain('Log in as elastic:\n  http://localhost:5601\n')
  expect(result.err).toContain('Kibana is now available')
})

test('--no-start writes only; a Kibana without bin/kibana is started by its own means, and that is said', async () => {
  const only = await ran(['kibana', ...home, '--no-start', '--json'], { env })
  expect(only.double.calls).toEqual(['kibana.preview', 'kibana.apply'])
  expect(jsonOf(only)).toEqual({ kibana: kibanaDone.kibana, cluster: kibanaDone.cluster, sentences: kibanaDone.sentences, notes: [], changes: kibanaPreview.changes, caFile: kibanaDone.caFile, run: null, opened: false })
  const without = await ran(['kibana', ...home], { env, double: double({ kibana: { ...kibanaView, startable: false } }) })
  expect(without.double.calls).toEqual(['kibana.look', 'kibana.preview', 'kibana.apply'])
  expect(without.out).toContain('There is no bin/kibana here to start.')
})

const enrolledView = { ...kibanaView, connected: 'enrolled with https://127.0.0.1:9200', enrolled: true }

test.each([
  ['without a token', {}, ''],
  ['with one', env, 'The enrollment token was not used. To connect this Kibana again, add --replace.'],
])('an enrolled Kibana is started as it is, %s', async (_, around, told) => {
  const ended = await ran(['kibana', ...home], { env: around, double: double({ kibana: enrolledView }) })
  expect(ended.code).toBe(0)
  expect(ended.double.calls).toEqual(['kibana.look', 'kibana.start', 'kibana.watch', 'kibana.open'])
  expect(ended.double.inputs['kibana.start']).toEqual({ target: { home: '/opt/kibana-9.4.3' }, interactive: false })
  expect(ended.err).toContain('This Kibana is already enrolled with https://127.0.0.1:9200. Firstnode starts it as it is.')
  expect(ended.err).toContain(told)
  expect(ended.out).toContain('Log in as elastic:\n  http://localhost:5601\n')
})

test.each([['--replace'], ['--no-start'], ['--token-stdin']])('%s connects an enrolled Kibana, or is refused', async (flag) => {
  const ended = await ran(['kibana', ...home, flag], { env, stdin: 'eyJvdGhlciI', double: double({ kibana: enrolledView }) })
  expect(ended.double.calls[0]).toBe('kibana.preview')
})

test('notes are shown before it is written and after, and are in the JSON', async () => {
  const note = { code: 'kibana_certificate_unchecked', message: 'Not checked.', remedy: 'Check it.', detail: null }
  const engine = () => double({ kibanaNotes: [note] })
  const { out } = await ran(['kibana', ...home, '--no-start'], { env, double: engine() })
  expect(out.split('Not checked. Check it.')).toHaveLength(3)
  expect(jsonOf(await ran(['kibana', ...home, '--no-start', '--json'], { env, double: engine() }))).toMatchObject({ notes: [note] })
})

test('the token comes from standard input before the environment, and without one nothing is asked', async () => {
  const fromStdin = await ran(['kibana', ...home, '--token-stdin', '--no-start'], { env, stdin: 'eyJvdGhlciI' })
  expect(fromStdin.double.inputs['kibana.preview']).toMatchObject({ token: 'eyJvdGhlciI' })
  const without = await ran(['kibana', ...home, '--json'])
  expect(without).toMatchObject({ code: 2 })
  expect(without.double.calls).toEqual(['kibana.look'])
  expect(jsonOf(without)).toMatchObject({ error: { code: 'token_needed' } })
})

test('--interactive needs no token: the link is told, then that Kibana is enrolled', async () => {
  const { code, err, double: engine } = await ran(['kibana', ...home, '--interactive'])
  expect(code).toBe(0)
  expect(engine.calls).toEqual(['kibana.look', 'kibana.start', 'kibana.watch', 'kibana.open', 'kibana.open'])
  expect(engine.inputs['kibana.start']).toEqual({ target: { home: '/opt/kibana-9.4.3' }, interactive: true })
  expect(err).toContain(`Open in a browser: ${kibanaLink}`)
  expect(err).toContain('Kibana is enrolled.')
})

test('--undo takes back, and asks for no token', async () => {
  const { code, out, double: engine } = await ran(['kibana', ...home, '--undo'])
  expect({ code, calls: engine.calls }).toEqual({ code: 0, calls: ['kibana.undo'] })
  expect(out).toContain('kibana.yml was put back as it was.')
})

test.each([
  [['--undo', '--interactive']],
  [['--interactive', '--no-start']],
  [['--undo', '--token-stdin']],
])('%j do not go together', async (args) => {
  const { code, double: engine } = await ran(['kibana', ...home, ...args])
  expect({ code, calls: engine.calls }).toEqual({ code: 2, calls: [] })
})

test('a Kibana that dies while it starts ends the command with its problem and where its log is', async () => {
  const { code: at, message, remedy } = problem('kibana_died', { how: 'with 1', line: 'FATAL no' })
  const failed = await ran(['kibana', ...home], { env, double: double({ kibanaEnds: { stage: 'failed', problem: { code: at, message, remedy, detail: null } } }) })
  expect(failed.code).toBe(4)
  expect(failed.err).toContain('FATAL no')
  expect(failed.err).toContain('The log: /opt/kibana-9.4.3/logs/firstnode-kibana.log')
})

test('what was refused keeps its exit code, and nothing was written', async () => {
  const engine = double()
  engine.refuses.set('kibana.preview', 'kibana_enrolled_already')
  const refused = await ran(['kibana', ...home], { env, double: engine })
  expect({ code: refused.code, calls: engine.calls }).toEqual({ code: 3, calls: ['kibana.look', 'kibana.preview'] })
  expect(refused.err).toContain('--replace')
})

test('Ctrl-C while Kibana starts stops it, and says that what was written stays', async () => {
  const engine = double({ ends: 'hangs' })
  const { code, err } = await ran(['kibana', ...home], {
    env,
    double: engine,
    signals: (send) => {
      engine.onHang = () => send('SIGINT')
    },
  })
  expect(code).toBe(130)
  expect(engine.calls).toContain('kibana.stop')
  expect(err).toContain('Kibana was stopped again. What was written stays.')
})
