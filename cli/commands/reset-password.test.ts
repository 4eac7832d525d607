import { expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'
import type { Input } from '../io.ts'

const home = ['--home', '/es']

/** A terminal on which these lines are typed. */
function typing(...lines: string[]): Input {
  return {
    isTTY: true,
    on: (_, listener) => queueMicrotask(() => listener(lines.shift() ?? '\u0003')),
    off: () => undefined,
    async *[Symbol.asyncIterator]() {
      yield await Promise.reject(new Error('a terminal is not read like a pipe'))
    },
  }
}

test('it prints the new password alone on standard output, and who is locked out on standard error', async () => {
  const { code, out, err, double } = await ran(['reset-password', ...home])
  expect(code).toBe(0)
  expect(out).toBe('a-new-password\n')
  expect(err).toContain('stop working')
  expect(err).not.toContain('a-new-password')
  expect(double.inputs['cluster.newPassword']).toEqual({ target: { home: '/es' }, username: 'elastic' })
})

test('where Elasticsearch did not answer, the password is printed all the same, and it is said that either may hold', async () => {
  const double = Object.assign(new EngineDouble(), { answered: false, proved: false })
  const { code, out, err } = await ran(['reset-password', ...home], { double })
  expect([code, out]).toEqual([6, 'a-new-password\n'])
  expect(err).toContain('did not answer')
  expect(err).toContain('keep the old password and this one')
  expect(err).not.toContain('has a new password')
  expect(jsonOf(await ran(['reset-password', ...home, '--json'], { double }))).toEqual({ username: 'elastic', password: 'a-new-password', answered: false })
})

test('with --json it is {username, password} and nothing else', async () => {
  const result = await ran(['reset-password', ...home, '--username', 'kibana_system', '--json'])
  expect(jsonOf(result)).toEqual({ username: 'kibana_system', password: 'a-new-password' })
})

test('a right ELASTIC_PASSWORD asks the cluster; a wrong one is told, and the file realm is used', async () => {
  const right = await ran(['reset-password', ...home], { env: { ELASTIC_PASSWORD: 'secret-password' } })
  expect(right.double.inputs['cluster.newPassword']).toMatchObject({ elasticPassword: 'secret-password' })
  const wrong = await ran(['reset-password', ...home], { env: { ELASTIC_PASSWORD: 'an old one' } })
  expect(wrong.code).toBe(0)
  expect(wrong.double.calls).toEqual(['cluster.newPassword', 'cluster.newPassword'])
  expect(wrong.double.inputs['cluster.newPassword']).not.toHaveProperty('elasticPassword')
  expect(wrong.err).toContain('ELASTIC_PASSWORD was not accepted')
  expect(wrong.err + wrong.out).not.toContain('an old one')
})

test('passwords come from standard input, the keystore first', async () => {
  const { double, out, err } = await ran(['reset-password', ...home, '--password-stdin', '--keystore-password-stdin'], { stdin: 'ks pass\nown päss\n' })
  expect(double.inputs['cluster.newPassword']).toMatchObject({ keystorePassword: 'ks pass', password: 'own päss' })
  expect(out).toBe('own päss\n')
  expect(err).not.toContain('ss\n')
})

test('--interactive asks twice, without an echo, and refuses two lines that differ', async () => {
  const stderr = new CapturedOutput({ terminal: true })
  const { code, double } = await ran(['reset-password', ...home, '--interactive'], { stdin: typing('my own\r', 'my own\r'), stderr })
  expect(code).toBe(0)
  expect(double.inputs['cluster.newPassword']).toMatchObject({ password: 'my own' })
  expect(stderr.text).toContain('once more: ')
  expect(stderr.text).not.toContain('my own')
  const other = await ran(['reset-password', ...home, '--interactive'], { stdin: typing('my own\r', 'my oxn\r'), stderr: new CapturedOutput({ terminal: true }) })
  expect(other.code).toBe(2)
  expect(other.err).toContain('passwords_differ')
  expect(other.double.calls).toEqual([])
})

test('the terminal shows nothing that is typed from before the question is seen', async () => {
  const stderr = new CapturedOutput({ terminal: true })
  const seen: [hidden: boolean, said: string][] = []
  const stdin: Input = { ...typing('my own\r', 'my own\r'), setRawMode: (hidden: boolean) => void seen.push([hidden, stderr.text]) }
  expect(await ran(['reset-password', ...home, '--interactive'], { stdin, stderr })).toMatchObject({ code: 0 })
  const [first, shown, second] = seen
  expect([first, shown?.[0], second?.[0]]).toEqual([[true, ''], false, true])
  expect(second?.[1]).not.toContain('once more')
})

test('--interactive without a terminal, or beside --password-stdin, is refused before anything is asked', async () => {
  for (const more of [['--interactive'], ['--interactive', '--password-stdin']]) {
    const { code, double } = await ran(['reset-password', ...home, ...more], { stdin: 'pw\n' })
    expect(code).toBe(2)
    expect(double.calls).toEqual([])
  }
})

test('a password in an argument is refused, and where it belongs is said', async () => {
  const { code, err } = await ran(['reset-password', ...home, '--password', 'hunter2'])
  expect(code).toBe(2)
  expect(err).toContain('--password-stdin')
  expect(err).not.toContain('hunter2')
})

test('a node that does not run is refused', async () => {
  const double = new EngineDouble()
  double.refuses.set('cluster.newPassword', 'not_running')
  expect(await ran(['reset-password', ...home], { double })).toMatchObject({ code: 3, out: '' })
})

test('where nobody reads standard output it says that nobody has the new password, and what to do', async () => {
  const { code, err } = await ran(['reset-password', ...home], { stdout: new CapturedOutput({ broken: 'EPIPE' }) })
  expect(code).toBe(4)
  expect(err).toContain('nobody has it')
  expect(err).toContain('firstnode reset-password')
})

test('a user whom Elasticsearch does not let in all the same is told of', async () => {
  const { code, err } = await ran(['reset-password', ...home, '--username', 'anna'], { double: Object.assign(new EngineDouble(), { proved: false }) })
  expect(code).toBe(0)
  expect(err).toContain('may be disabled')
})
