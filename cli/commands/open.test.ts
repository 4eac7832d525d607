import { expect, test } from 'vitest'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'
import { openingForeseen, openingPreviewed } from '../../test/cli/transport-answers.ts'

const home = ['--home', '/es']
const to = ['--transport-host', '192.168.1.20']

test('without a host it shows how transport stands, and a line for each address of this machine', async () => {
  const { code, out, double } = await ran(['open', ...home])
  expect(code).toBe(0)
  expect(out).toContain('listens on localhost')
  expect(out).toContain('firstnode open --home /es --transport-host 192.168.1.20\n')
  expect(out).toContain('of containers or virtual machines')
  expect(double.calls).toEqual(['transport.look'])
  expect(jsonOf(await ran(['open', ...home, '--json']))).toMatchObject({ open: false, bound: ['127.0.0.1:9300'], addresses: [{ value: '192.168.1.20' }, {}] })
})

test('without a terminal and without --yes it only prints what it would do, and ends with 3', async () => {
  const { code, out, err, double } = await ran(['open', ...home, ...to])
  expect(code).toBe(3)
  expect(out).toContain('+ transport.host: 192.168.1.20')
  expect(out).toContain('1 bootstrap check foreseen')
  expect(err).toContain('add --yes')
  expect(double.calls).toEqual(['transport.previewOpening'])
  const asJson = await ran(['open', ...home, ...to, '--json'])
  expect([asJson.code, jsonOf(asJson)]).toMatchObject([3, { opened: false, hosts: ['192.168.1.20'] }])
})

test('with --yes it opens what it showed, with the password of the environment for the health, and says what was seen', async () => {
  const result = await ran(['open', ...home, ...to, '--yes'], { env: { ELASTIC_PASSWORD: 'pw' } })
  expect(result.code).toBe(0)
  expect(result.out).toContain('runs again')
  expect(result.double.inputs['transport.open']).toEqual({ planId: 'opening-1', password: 'pw' })
  expect(jsonOf(await ran(['open', ...home, ...to, '--yes', '--json']))).toMatchObject({ opened: true, hosts: ['192.168.1.20'], sentences: ['The node "alpha" runs again.'], transport: { bound: ['127.0.0.1:9300'] } })
})

test('a bootstrap check that would fail is told with its remedy, and nothing is begun', async () => {
  const double = Object.assign(new EngineDouble(), { opening: openingForeseen })
  const { code, err } = await ran(['open', ...home, ...to, '--yes'], { double })
  expect(code).toBe(3)
  expect(err).toContain('vm.max_map_count is 65530')
  expect(err).toContain('sysctl -w')
  expect(double.calls).toEqual(['transport.previewOpening'])
})

test('where nothing is to be changed it says so', async () => {
  const double = Object.assign(new EngineDouble(), { opening: { ...openingPreviewed, planId: null, changes: [], checks: [], sentences: ['Nothing is to be changed.'] } })
  const { code, out } = await ran(['open', ...home, ...to], { double })
  expect([code, out]).toEqual([0, expect.stringContaining('Nothing is to be changed.')])
  expect(double.calls).toEqual(['transport.previewOpening', 'transport.look'])
})

test('--undo says what it will put back, and does it with --yes alone', async () => {
  const asked = await ran(['open', ...home, '--undo'])
  expect([asked.code, asked.double.calls]).toEqual([3, ['transport.previewClosing']])
  expect(asked.err).toContain('will be put back')
  const done = await ran(['open', ...home, '--undo', '--yes', '--json'])
  expect(jsonOf(done)).toMatchObject({ opened: false, sentences: ['elasticsearch.yml was put back.'] })
})

test('both ways at once are refused, and the password of the keystore goes along', async () => {
  expect(await ran(['open', ...home, ...to, '--undo'])).toMatchObject({ code: 2 })
  const { double } = await ran(['open', ...home, ...to, '--yes', '--keystore-password-stdin'], { stdin: 'ks\n' })
  expect(double.inputs['transport.previewOpening']).toEqual({ target: { home: '/es' }, hosts: '192.168.1.20', keystorePassword: 'ks' })
})
