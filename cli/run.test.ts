import { expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../test/cli/captured-run.ts'
import { EngineDouble } from '../test/cli/engine-double.ts'
import { commandNames, commandOf } from './commands/commands.ts'
import { columnsOf } from './terminal/text.ts'

test('--version prints the version alone and opens no engine', async () => {
  const result = await ran(['--version'])
  expect(result).toMatchObject({ code: 0, out: '0.1.0\n', err: '' })
  expect(result.double.calls).toEqual([])
})

test('--help lists every command, with the exit codes', async () => {
  const { code, out } = await ran(['--help'])
  expect(code).toBe(0)
  for (const name of commandNames) expect(out).toContain(`\n  ${name} `)
  expect(out).toContain('130  cancelled')
})

test.each(commandNames)('%s --help fits 80 columns, with every option, examples and exit codes', async (name) => {
  const { code, out, double } = await ran([name, '--help'])
  expect(code).toBe(0)
  expect(double.calls).toEqual([])
  const { options = {} } = (await commandOf(name)) ?? {}
  for (const option of Object.keys(options)) expect(out).toContain(`--${option}`)
  expect(out).toContain('Examples')
  expect(out).toContain('Exit codes')
  expect(out.split('\n').filter((line) => columnsOf(line) > 80)).toEqual([])
  expect((await ran(['help', name])).out).toBe(out)
  expect(await ran([name, '-h'])).toMatchObject({ code: 0, out })
})

test('--help --json is one JSON value', async () => {
  expect(jsonOf(await ran(['up', '--help', '--json']))).toMatchObject({ command: 'up', exitCodes: { 0: 'done' } })
  expect(jsonOf(await ran(['--help', '--json']))).toHaveLength(commandNames.length)
})

test.each([
  ['chek', 'Did you mean check?'],
  ['stauts', 'Did you mean status?'],
  ['--verison', 'Did you mean --version?'],
])('%s names the nearest', async (typed, hint) => {
  const { code, out, err } = await ran([typed])
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain(hint)
})

test('an option that stands before its command is told where it belongs, and nothing is said twice', async () => {
  for (const typed of ['--home', '--home=/es']) {
    const { code, err } = await ran([typed, '/es', 'status'])
    expect(code).toBe(2)
    expect(err).toContain('firstnode COMMAND --home')
  }
  expect((await ran(['--quack'])).err.match(/See:/g)).toHaveLength(1)
})

test('no command is a wrong command line', async () => {
  expect(await ran([])).toMatchObject({ code: 2, out: '' })
  expect(jsonOf(await ran(['--json']))).toMatchObject({ error: { code: 'bad_input' } })
})

test('--json may stand before the command', async () => {
  const before = await ran(['--json', 'status', '--home', '/es'])
  expect(before).toMatchObject({ code: 0, out: (await ran(['status', '--home', '/es', '--json'])).out })
  expect(jsonOf(await ran(['--json', '--version']))).toEqual({ version: '0.1.0' })
  expect(jsonOf(await ran(['--json', '--help', 'status']))).toMatchObject({ command: 'status' })
  expect(jsonOf(await ran(['--help', '--json', 'status']))).toMatchObject({ command: 'status' })
  expect(jsonOf(await ran(['--json', 'chek']))).toMatchObject({ error: { remedy: expect.stringContaining('check') as string } })
})

test('with --json an error is one JSON value on standard output and nothing on standard error', async () => {
  const result = await ran(['check', '--quack', '--json'])
  expect(result).toMatchObject({ code: 2, err: '' })
  expect(jsonOf(result)).toEqual({ error: { code: 'bad_input', message: 'There is no option --quack.', remedy: 'See: firstnode check --help' } })
})

test('a refusal of the engine is a message and a remedy, without a stack trace, with the exit code of its problem', async () => {
  const double = new EngineDouble()
  double.refuses.set('preflight.run', 'busy')
  const { code, out, err } = await ran(['check', '--home', '/es'], { double })
  expect(code).toBe(5)
  expect(out).toBe('')
  expect(err).toBe('✗ Another Firstnode (process 7) is at work on /es.\n  Finish or cancel there, then try again.\n  (busy)\n')
  expect(double.closed).toBe(true)
})

test('a fault of ours shows no stack trace either', async () => {
  const double = new EngineDouble()
  const stdout = new CapturedOutput()
  const { code, err } = await ran(['check', '--home', '/es'], { double: Object.assign(double, { open: () => Promise.reject(new TypeError('oops')) }), stdout })
  expect(code).toBe(1)
  expect(err).toContain('oops')
  expect(err).not.toMatch(/\n\s+at /)
})

test.each([
  ['ENOSPC', 'no space left on the device'],
  ['EIO', 'input/output error'],
] as const)('a result that cannot be written (%s) is said on standard error, with what to do', async (broken, why) => {
  for (const args of [['check', '--home', '/es', '--json'], ['status', '--home', '/es'], ['--version'], ['--help', '--json']]) {
    const { code, err } = await ran(args, { stdout: new CapturedOutput({ broken }) })
    expect(code).toBe(4)
    expect(err).toContain(`standard output: ${why}.`)
    expect(err).toContain('(output_failed)')
  }
})

test('where the reader has gone, as head does, a command ends quietly with the code it ends with otherwise', async () => {
  const double = new EngineDouble()
  const { code, err } = await ran(['check', '--home', '/es'], { double, stdout: new CapturedOutput({ broken: 'EPIPE' }) })
  expect({ code, err }).toEqual({ code: (await ran(['check', '--home', '/es'])).code, err: '' })
})

test('an error that cannot be written to standard output is said on standard error', async () => {
  const { code, err } = await ran(['check', '--quack', '--json'], { stdout: new CapturedOutput({ broken: 'ENOSPC' }) })
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('There is no option --quack.') as string })
})

test.each([
  ['an API key', ['api-key', '--name', 'dashboard'], 'api_key_unread', 'The API key dashboard was created'],
  ['a token', ['token', '--scope', 'kibana'], 'token_unread', 'An enrollment token was created'],
])('%s that nobody could read is said to be lost', async (_, args, problemCode, words) => {
  const { code, err } = await ran([...args, '--home', '/es'], { stdout: new CapturedOutput({ broken: 'EPIPE' }) })
  expect(code).toBe(4)
  expect(err).toContain(words)
  expect(err).toContain(`(${problemCode})`)
})

test('a password in the environment is found in no output', async () => {
  const { out, err } = await ran(['status', '--home', '/es', '--quack'], { env: { ELASTIC_PASSWORD: 'hunter2' } })
  expect(out + err).not.toContain('hunter2')
})

test('colours appear on a terminal only, and NO_COLOR takes them away', async () => {
  const onTerminal = await ran(['--help'], { stdout: new CapturedOutput({ terminal: true }) })
  expect(onTerminal.out).toContain('\u001b[1m')
  const without = await ran(['--help'], { stdout: new CapturedOutput({ terminal: true }), env: { NO_COLOR: '1' } })
  expect(without.out).not.toContain('\u001b')
  expect((await ran(['--help'])).out).not.toContain('\u001b')
})

test('Ctrl-C ends at once what only looks, even where the engine does not listen', async () => {
  const double = new EngineDouble()
  const never = Object.assign(double, { open: () => new Promise<never>(() => undefined) })
  const { code, out } = await ran(['check', '--home', '/es', '--json'], { double: never, signals: (send) => setImmediate(() => send('SIGINT')) })
  expect(code).toBe(130)
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'cancelled' } })
})

test('every command wants to know the home, and says how to name it', async () => {
  for (const name of ['check', 'plan', 'status', 'stop', 'start', 'show', 'undo']) {
    const { code, err } = await ran([name])
    expect(code).toBe(2)
    expect(err).toContain(`firstnode ${name} --home DIR`)
  }
})
