import { expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../../test/cli/captured-run.ts'
import { blockedReport, EngineDouble } from '../../test/cli/engine-double.ts'
import { nothingInTheWay, remedyPreviewed } from '../../test/cli/remedy-answers.ts'
import type { Input } from '../io.ts'

const home = ['--home', '/es']
const { planId: _, target: __, ...shown } = remedyPreviewed
const withRemedy = () => Object.assign(new EngineDouble(), { remedy: remedyPreviewed })

test('without a terminal and without --yes it only prints, and ends with 3', async () => {
  const { code, out, err, double } = await ran(['prepare', ...home], { double: withRemedy() })
  expect(code).toBe(3)
  expect(out).toContain('- xpack.security.enabled: false')
  expect(out).toContain('+ #xpack.security.enabled: false')
  expect(out.indexOf('What stays in the way')).toBeLessThan(out.indexOf('No Java was found.'))
  expect(err).toContain('add --yes')
  expect(double.calls).toEqual(['preflight.previewRemedy'])
})

test('as JSON it only prints as well, one value', async () => {
  const result = await ran(['prepare', ...home, '--json'], { double: withRemedy() })
  expect(result.code).toBe(3)
  expect(jsonOf(result)).toEqual({ applied: false, ...shown })
  expect(result.double.calls).toEqual(['preflight.previewRemedy'])
})

test('with --yes it applies what it showed, and says how to go on', async () => {
  const result = await ran(['prepare', ...home, '--yes'], { double: withRemedy() })
  expect(result.code).toBe(0)
  expect(result.out).toContain('was commented out')
  expect(result.out).toContain('firstnode up --home /es\n')
  expect(result.double.inputs['preflight.applyRemedy']).toEqual({ planId: 'remedy-1' })
  const asJson = await ran(['prepare', ...home, '--yes', '--json'], { double: withRemedy() })
  expect(jsonOf(asJson)).toMatchObject({ applied: true, settings: shown.settings, verdict: 'ready', sentences: ['xpack.security.enabled was commented out in elasticsearch.yml.'] })
})

test('where something stays in the way it ends with the code of the verdict', async () => {
  expect(await ran(['prepare', ...home, '--yes'], { double: Object.assign(withRemedy(), { report: blockedReport }) })).toMatchObject({ code: 11 })
})

test('where nothing stands in the way it says so and changes nothing', async () => {
  const { code, out, double } = await ran(['prepare', ...home, '--yes'])
  expect(code).toBe(0)
  expect(out).toContain('Nothing stands in the way')
  expect(double.calls).toEqual(['preflight.previewRemedy'])
  const { planId: _plan, target: _target, ...nothing } = nothingInTheWay
  expect(jsonOf(await ran(['prepare', ...home, '--json']))).toEqual({ applied: false, ...nothing })
})

test.each([
  ['yes\n', 0, true],
  ['n\n', 3, false],
])('it asks on a terminal: %j', async (answer, exit, applied) => {
  const stdin: Input = {
    isTTY: true,
    on: (_event, listener) => queueMicrotask(() => listener(answer)),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
  const { code, double } = await ran(['prepare', ...home], { double: withRemedy(), stdin, stderr: new CapturedOutput({ terminal: true }) })
  expect(code).toBe(exit)
  expect(double.calls.includes('preflight.applyRemedy')).toBe(applied)
})

test('it takes the password of the keystore from standard input, and ends with a refusal as others do', async () => {
  const given = await ran(['prepare', ...home, '--keystore-password-stdin', '--yes'], { double: withRemedy(), stdin: 'ks\n' })
  expect(given.double.inputs['preflight.previewRemedy']).toEqual({ target: { home: '/es' }, keystorePassword: 'ks' })
  const double = new EngineDouble()
  double.refuses.set('preflight.previewRemedy', 'configured_not_undone')
  expect(await ran(['prepare', ...home, '--yes'], { double })).toMatchObject({ code: 3 })
})
