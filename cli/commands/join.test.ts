import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'

const home = ['--home', '/es']
const env = { ENROLLMENT_TOKEN: 'eyJ2ZXIi-very-secret' }

test('join takes the token from the environment, plans, applies and tells where the node answers, without a word of the token', async () => {
  const result = await ran(['join', ...home, '--node-name', 'beta', '--json'], { env })
  const { code, out, err, double } = result
  expect(code).toBe(0)
  expect(double.calls).toEqual(['join.explain', 'join.plan', 'setup.apply', 'setup.watch', 'setup.credentials'])
  expect(double.inputs['join.plan']).toEqual({ target: { home: '/es' }, token: env.ENROLLMENT_TOKEN, answers: { nodeName: 'beta' } })
  expect(Object.keys(jsonOf(result) as object)).toEqual(['node', 'clusterName', 'url', 'caFingerprint', 'caCertificate', 'pid', 'nodes', 'timings'])
  expect(out + err).not.toContain('very-secret')
  expect(err).toMatch(/The token \(form 8\.14\.0\) names 192\.0\.2\.1:9200, 192\.0\.2\.2:9200; [\s\S]*The token is valid for: [\s\S]*192\.0\.2\.1:9200 of the token: nothing listens there\./)
})

test('a token on standard input may be broken over lines, and the password of the keystore stands before it', async () => {
  const stdin = Readable.from(['keystore pässword\neyJ2\r\nZXIi\n'])
  const { code, double } = await ran(['join', ...home, '--token-stdin', '--keystore-password-stdin'], { stdin })
  expect(code).toBe(0)
  expect(double.inputs['join.plan']).toMatchObject({ token: expect.stringMatching(/^eyJ2\s+ZXIi\s*$/) as string, answers: { keystorePassword: 'keystore pässword' } })
})

test('without a token, and nobody to ask for it, nothing is asked of the engine', async () => {
  const { code, err, double } = await ran(['join', ...home], { stdin: Readable.from(['']) })
  expect(code).toBe(2)
  expect(err).toContain('token_needed')
  expect(double.calls).toEqual([])
})

test('what the plan refuses ends the command with its code, and nothing is applied', async () => {
  const double = new EngineDouble()
  double.refuses.set('join.plan', 'token_refused')
  const { code, err } = await ran(['join', ...home], { env, double })
  expect(code).toBe(6)
  expect(err).toContain('token_refused')
  expect(double.calls).toEqual(['join.explain', 'join.plan'])
})
