import { expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'
import type { FoundHome } from '../../shared/contract/installation.ts'
import type { Input } from '../io.ts'

const checked = ['Its SHA-512 is the one it should have.', "It is signed with Elastic's key (D27D666CD88E42B4)."]

function terminal(answer: string): { stdin: Input; stderr: CapturedOutput } {
  const stdin: Input = {
    isTTY: true,
    on: (_, listener) => queueMicrotask(() => listener(`${answer}\n`)),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
  return { stdin, stderr: new CapturedOutput({ terminal: true }) }
}

function home(change: Partial<FoundHome>): FoundHome {
  return { home: '/opt/es', config: '/opt/es/config', version: '9.4.3', owner: 'ana', state: 'new', stateReason: null, modified: 1, practice: false, ...change }
}

test('it downloads the newest to where one stands, names the licence first, and says how it was checked and how to go on', async () => {
  const { code, out, err, double } = await ran(['install'])
  expect([code, double.inputs['download.begin']]).toEqual([0, { product: 'elasticsearch', into: '/' }])
  expect(err.indexOf('https://www.elastic.co/licensing/elastic-license')).toBeLessThan(err.indexOf('Fetching'))
  expect(out).toContain('Elasticsearch is in //elasticsearch-9.4.3\n')
  for (const sentence of checked) expect(out).toContain(sentence)
  expect(out).toContain('firstnode up --home //elasticsearch-9.4.3')
})

test('every option reaches the engine, with paths made absolute', async () => {
  const { double } = await ran(['install', '--version', '8.19.2', '--to', 'here', '--kibana', '--mirror', 'https://mirror.example.com', '--ca', 'ca.pem', '--user', '1000'])
  expect(double.inputs['download.begin']).toEqual({ product: 'kibana', version: '8.19.2', into: '/here', mirror: 'https://mirror.example.com', authority: '/ca.pem', user: '1000' })
})

test('with --json there is one value, and nothing else on standard output', async () => {
  const result = await ran(['install', '--kibana', '--to', '/srv', '--json'])
  expect(jsonOf(result)).toEqual({ product: 'kibana', home: '/srv/kibana-9.4.3', checked })
})

test('a file that is here is not downloaded, and goes with nothing that is about downloading', async () => {
  const { double, err } = await ran(['install', '--file', 'es.tar.gz'])
  expect(double.inputs['download.begin']).toEqual({ product: 'elasticsearch', into: '/', file: '/es.tar.gz' })
  expect(err).not.toContain('licensing')
  for (const more of [['--version', '9.4.3'], ['--mirror', 'https://m'], ['--ca', 'ca.pem']]) {
    const refused = await ran(['install', '--file', 'es.tar.gz', ...more])
    expect([refused.code, refused.double.calls]).toEqual([2, []])
  }
})

test('a refusal ends with its code, and Ctrl-C waits until nothing half-made is left', async () => {
  const refusing = new EngineDouble()
  refusing.refuses.set('download.begin', 'download_version')
  expect(await ran(['install', '--version', '7.17.0'], { double: refusing })).toMatchObject({ code: 2, err: expect.stringContaining('download_version') as string })
  const double = Object.assign(new EngineDouble(), { ends: 'hangs' })
  const { code } = await ran(['install'], { double, signals: (send) => (double.onHang = () => send('SIGINT')) })
  expect([code, double.calls.includes('work.cancel')]).toEqual([130, true])
})

test('up without a home asks on a terminal: what was found, a download, the practice copy', async () => {
  const double = new EngineDouble()
  double.found = [home({}), home({ home: '/opt/old', version: '7.17.0', state: 'unsuitable' }), home({ home: '/srv/es', state: 'configured' })]
  const { code, err } = await ran(['up'], { double, ...terminal('2') })
  expect([code, double.inputs['installation.inspect']]).toEqual([0, { home: '/srv/es' }])
  expect(err).toContain('  1  Elasticsearch 9.4.3 in /opt/es (new)\n  2  Elasticsearch 9.4.3 in /srv/es (configured)\n  3  download the newest Elasticsearch to /\n  4  the practice copy, Elasticsearch 9.4.3')
  expect(err).not.toContain('/opt/old')
})

test('up without a home says that the list is not complete: a search that ended too early, and homes that are not shown', async () => {
  const double = new EngineDouble()
  double.found = Array.from({ length: 11 }, (_, at) => home({ home: `/opt/es-${at}` }))
  double.incomplete = { code: 'search_incomplete', message: 'The search ended before it had finished in /net.', remedy: 'Search again.' }
  const { err } = await ran(['up'], { double, ...terminal('1') })
  expect(err).toContain('The search ended before it had finished in /net. Search again.\nNo --home was given.')
  expect(err).toContain('  2 more found. To use another, give its folder: firstnode up --home DIR\n')
  expect(err).not.toContain('/opt/es-9')
})

test('up without a home downloads one, and sets it up', async () => {
  const { code, double, err } = await ran(['up', '--user', '1000'], terminal(''))
  expect(code).toBe(0)
  expect(double.inputs['download.begin']).toEqual({ product: 'elasticsearch', into: '/', user: '1000' })
  expect(double.inputs['setup.plan']).toMatchObject({ target: { home: '//elasticsearch-9.4.3', user: '1000' } })
  expect(err).toContain('https://www.elastic.co/licensing/elastic-license')
})

test('up without a home offers the practice copy where there is one, and nothing that is not there', async () => {
  const { double } = await ran(['up'], terminal('2'))
  expect(double.calls).toContain('installation.practiceCopy')
  const installed = Object.assign(new EngineDouble(), { practice: { offered: false, trouble: null } })
  const refused = await ran(['up'], { double: installed, ...terminal('2') })
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('Give a number from 1 to 1') as string })
})

test('up without a home and without a terminal names the commands', async () => {
  const installed = Object.assign(new EngineDouble(), { practice: { offered: false, trouble: null } })
  const { code, err } = await ran(['up'], { double: installed })
  expect([code, installed.calls]).toEqual([3, ['host.info']])
  expect(err).toContain('firstnode install')
  expect(err).toContain('firstnode up --home DIR')
})
