import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CapturedOutput, jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'
import type { GitView } from '../../shared/contract/handout.ts'
import type { Input } from '../io.ts'

const home = ['--home', '/es']
const env = { ELASTIC_PASSWORD: 'pass' }
let folder: string
let file: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-save-'))
  file = join(folder, 'access.txt')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

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

test('it writes the file for its owner alone, and says where it is and what to heed', async () => {
  const { code, out, err, double } = await ran(['save', ...home, '--to', file], { env })
  expect(code).toBe(0)
  expect(await readFile(file, 'utf8')).toBe('everything\n')
  expect(process.platform === 'win32' || ((await stat(file)).mode & 0o777) === 0o600).toBe(true)
  expect(out).toContain(`Saved to ${file}`)
  expect(out).toContain('Anybody who can read the file has the password.')
  expect(double.inputs['handout.file']).toEqual({ target: { home: '/es' }, password: 'pass', format: 'plain' })
  expect(out + err).not.toContain('pass\n')
})

test('a file that is there is left alone unless --replace is given, and told of before anything is asked for', async () => {
  await writeFile(file, 'mine')
  const refused = await ran(['save', ...home, '--to', file, '--json'], { env })
  expect(refused.code).toBe(3)
  expect(jsonOf(refused)).toMatchObject({ error: { code: 'file_stands_there' } })
  expect(refused.double.calls).toEqual([])
  expect(await readFile(file, 'utf8')).toBe('mine')
  expect((await ran(['save', ...home, '--to', file, '--replace'], { env })).code).toBe(0)
  expect(await readFile(file, 'utf8')).toBe('everything\n')
})

test('secrets come from standard input, a line each: keystore, elastic, passphrase', async () => {
  const { double } = await ran(['save', ...home, '--to', file, '--format', 'openpgp', '--passphrase-stdin', '--password-stdin', '--keystore-password-stdin', '--token', 'kibana'], { stdin: 'ks\nel\ncorrect horse\n' })
  expect(double.inputs['handout.file']).toEqual({ target: { home: '/es' }, password: 'el', keystorePassword: 'ks', passphrase: 'correct horse', format: 'openpgp', token: 'kibana' })
})

test('a passphrase is asked for twice on a terminal, without an echo; where there is none it is refused before anybody is asked', async () => {
  const stderr = new CapturedOutput({ terminal: true })
  const asked = await ran(['save', ...home, '--to', file, '-f', 'openpgp'], { env, stdin: typing('horse\r', 'horse\r'), stderr })
  expect(asked.double.inputs['handout.file']).toMatchObject({ passphrase: 'horse' })
  expect(stderr.text).not.toContain('horse')
  const differ = await ran(['save', ...home, '--to', join(folder, 'b'), '-f', 'openpgp'], { env, stdin: typing('horse\r', 'house\r'), stderr: new CapturedOutput({ terminal: true }) })
  expect([differ.code, differ.double.calls]).toEqual([2, []])
  const none = await ran(['save', ...home, '--to', join(folder, 'b'), '-f', 'openpgp', '--json'], { env })
  expect(jsonOf(none)).toMatchObject({ error: { code: 'passphrase_needed' } })
  expect(none.double.calls).toEqual([])
})

test('without the password nothing is asked of the engine', async () => {
  const { code, double } = await ran(['save', ...home, '--to', file])
  expect([code, double.calls]).toEqual([2, []])
})

const git = (view: GitView): EngineDouble => Object.assign(new EngineDouble(), { git: view })

test('a .env is shown, then written', async () => {
  const { code, out, double } = await ran(['save', ...home, '--to', '/app', '--format', 'env'], { env, double: git('ignored') })
  expect(code).toBe(0)
  expect(double.calls).toEqual(['handout.previewEnv', 'handout.applyEnv'])
  expect(double.inputs['handout.previewEnv']).toEqual({ target: { home: '/es' }, password: 'pass', folder: '/app', gitignore: false })
  expect(out).toContain('ELASTIC_PASSWORD')
  expect(out).toContain('secret, not shown')
})

test('a .env that Git would take in is not written, unless it is to be ignored or somebody insists', async () => {
  for (const view of ['open', 'tracked'] as const) {
    const refused = await ran(['save', ...home, '--to', '/app', '--format', 'env', '--json'], { env, double: git(view) })
    expect(jsonOf(refused)).toMatchObject({ error: { code: 'env_would_be_committed' } })
    expect(refused.double.calls).toEqual(['handout.previewEnv'])
    expect((await ran(['save', ...home, '--to', '/app', '--format', 'env', '--force'], { env, double: git(view) })).code).toBe(0)
  }
  const ignoring = await ran(['save', ...home, '--to', '/app', '--format', 'env', '--gitignore'], { env, double: git('open') })
  expect(ignoring.double.inputs['handout.previewEnv']).toMatchObject({ gitignore: true })
  expect(ignoring.code).toBe(0)
  expect((await ran(['save', ...home, '--to', '/app', '--format', 'env', '--gitignore'], { env, double: git('tracked') })).code).toBe(3)
})

test('options that mean nothing to a format are refused', async () => {
  for (const stray of [['--gitignore'], ['--force'], ['--format', 'env', '--replace'], ['--format', 'env', '--token', 'node'], ['--passphrase-stdin']]) {
    const { code, double } = await ran(['save', ...home, '--to', file, ...stray], { env })
    expect([stray, code, double.calls]).toEqual([stray, 2, []])
  }
})
