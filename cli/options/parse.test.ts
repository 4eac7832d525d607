import { expect, test } from 'vitest'
import { Problem } from '../../shared/problems/problem.ts'
import { parseOptions } from './parse.ts'

const options = {
  home: { kind: 'path', value: 'DIR', help: '' },
  'http-port': { kind: 'port', value: 'PORT', help: '' },
  heap: { kind: 'heap', value: 'SIZE', help: '' },
  name: { kind: 'text', value: 'NAME', help: '' },
  san: { kind: 'list', value: 'NAME', help: '' },
  scope: { kind: 'choice', short: 's', value: 'node|kibana', choices: ['node', 'kibana'], help: '' },
  setting: { kind: 'list', short: 'E', value: 'KEY=VALUE', help: '' },
  force: { kind: 'flag', short: 'f', help: '' },
  'password-stdin': { kind: 'flag', help: '' },
  json: { kind: 'flag', help: '' },
} as const

const parse = (...args: string[]) => parseOptions(options, args, { command: 'up', cwd: '/folder/here' })

function refusal(...args: string[]): Problem {
  try {
    parse(...args)
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown
    throw thrown
  }
  throw new Error(`${args.join(' ')} was not refused`)
}

test('values are read as what they mean, given apart or after an equals sign', () => {
  expect(parse('--home', 'es', '--http-port=9201', '--heap', '512M', '--name', 'a b', '--scope', 'node', '--json')).toEqual({
    home: '/folder/here/es',
    'http-port': 9201,
    heap: '512m',
    name: 'a b',
    san: [],
    scope: 'node',
    setting: [],
    force: false,
    'password-stdin': false,
    json: true,
  })
})

test('a list gathers what is repeated; nothing else may be', () => {
  expect(parse('--san', 'a', '--san=b').san).toEqual(['a', 'b'])
  expect(refusal('--home', 'a', '--home', 'b').message).toBe('--home was given twice.')
})

test('a value may hold an equals sign, a dash or nothing of the alphabet', () => {
  expect(parse('--name=a=b').name).toBe('a=b')
  expect(parse('--name=--x').name).toBe('--x')
  expect(parse('--name', '-x').name).toBe('-x')
  expect(parse('--name', '名 $& "').name).toBe('名 $& "')
})

test('a letter behind one dash stands for its option, its value apart, behind it or behind an equals sign', () => {
  expect(parse('-s', 'node', '-f')).toMatchObject({ scope: 'node', force: true })
  expect(parse('-snode').scope).toBe('node')
  expect(parse('-s=kibana').scope).toBe('kibana')
  expect(parse('-E', 'a=1', '-Eb.c=x=y', '--setting', 'd=2').setting).toEqual(['a=1', 'b.c=x=y', 'd=2'])
})

test.each([
  [['-scope', 'node'], 'Did you mean --scope?'],
  [['-force'], 'Did you mean --force?'],
  [['-fs', 'node'], 'See: '],
  [['-x'], 'See: '],
  [['-S', 'node'], 'See: '],
])('%j is no letter with a value, and is refused', (args, hint) => {
  const { code, remedy } = refusal(...args)
  expect(code).toBe('bad_input')
  expect(remedy).toContain(hint)
})

test('-- ends the options', () => {
  expect(parse('--json', '--').json).toBe(true)
  expect(refusal('--', '--json').code).toBe('bad_input')
})

test.each([
  [['--hom', 'x'], '--home'],
  [['--hoem', 'x'], '--home'],
  [['--http-prot', '1'], '--http-port'],
  [['--password-stdn'], '--password-stdin'],
  [['-json'], '--json'],
  [['--JSON'], '--json'],
  [['home'], '--home'],
])('%j names the nearest option', (args, near) => {
  const { code, exit, remedy } = refusal(...args)
  expect({ code, exit }).toEqual({ code: 'bad_input', exit: 2 })
  expect(remedy).toContain(`Did you mean ${near}?`)
})

test('nothing is guessed where nothing is near', () => {
  expect(refusal('--quack').remedy).toBe('See: firstnode up --help')
})

test.each([['--home'], ['--home='], ['--home', '--json']])('a missing value is told: %s', (...args) => {
  expect(refusal(...args).message).toBe('--home wants a value: --home DIR.')
})

test.each(['0', '65536', '-1', '9200.0', '0x10', 'abc', '1e3', '999999', ' 9200'])('%j is not a port', (text) => {
  expect(refusal(`--http-port=${text}`)).toMatchObject({ code: 'bad_input', remedy: 'Give a whole number from 1 to 65535.' })
})

test.each(['0', '0m', '-1g', '1.5g', 'big', '512 m', '512mb', 'm'])('%j is no heap size', (text) => {
  expect(refusal(`--heap=${text}`)).toMatchObject({ code: 'bad_input', exit: 2 })
})

test.each(['--password', '--password=hunter2', '--elastic-password', '--keystore-password=hunter2', '--passphrase'])('%s is refused with a reason', (arg) => {
  const { code, message, remedy } = refusal(arg, 'hunter2')
  expect(code).toBe('password_in_argument')
  expect(message).toContain('can read the arguments')
  expect(message + remedy).not.toContain('hunter2')
})

test('what stands in the wrong place is not repeated, it may be a secret', () => {
  const { message, remedy } = refusal('hunter2')
  expect(message + remedy).not.toContain('hunter2')
  expect(refusal('--scope', 'hunter2').message).not.toContain('hunter2')
})

test('a flag takes no value, a choice only what it offers', () => {
  expect(refusal('--json=yes').message).toBe('--json takes no value.')
  expect(refusal('--scope', 'kibna')).toMatchObject({ message: '--scope is one of node, kibana.', remedy: 'Did you mean kibana?' })
})

test('names of the language itself are unknown options', () => {
  expect(refusal('--constructor', 'x').code).toBe('bad_input')
  expect(refusal('--__proto__=x').code).toBe('bad_input')
})
