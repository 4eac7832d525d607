import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { envText } from '../../../engine/handout/env-text.ts'
import { isEnvValue } from '../../../engine/handout/env-value.ts'

const execute = promisify(execFile)
const sources = join(import.meta.dirname, 'env-readers')
const minutes = 600_000

let folder: string
let written: { readonly value: string; readonly file: string }[]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firstnode-env-readers-'))
  const values = [...new Set([...pairs(), ...handPicked, ...generated(1500)])].filter(isEnvValue)
  written = values.map((value, at) => ({ value, file: join(folder, `${at}.env`) }))
  await Promise.all(written.map(({ value, file }) => writeFile(file, envText('FIRST=1\n', { V: value, LAST: 'end' }).text)))
}, minutes)

afterAll(() => rm(folder, { recursive: true, force: true }))

const asJson = (text: string): unknown => JSON.parse(text)

const readers = {
  Node: async () => Promise.all(written.map(async ({ file }) => parseEnv(await readFile(file, 'utf8')).V)),
  sh: () => byShell('sh'),
  bash: () => byShell('bash'),
  'dotenv of npm': async () => {
    await execute('npm', ['install', '--silent', '--no-save', '--prefix', folder, 'dotenv'])
    return asJson(await said(process.execPath, [join(sources, 'read.mjs')]))
  },
  'python-dotenv': async () => {
    await execute('python3', ['-m', 'venv', join(folder, 'venv')])
    await execute(join(folder, 'venv', 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', 'python-dotenv'])
    return asJson(await said(join(folder, 'venv', 'bin', 'python'), [join(sources, 'read.py')]))
  },
  'dotenv of Ruby': async () => asJson(await said('ruby', [join(sources, 'read.rb')])),
  'phpdotenv of vlucas': async () => asJson(await said('php', [join(sources, 'read.php')])),
  'Docker Compose': () => byGo('compose'),
  godotenv: () => byGo('godotenv'),
} as const

const names = Object.keys(readers) as (keyof typeof readers)[]

test.for(names)('%s reads every value that is written as it was', { timeout: minutes }, async (reader) => {
  expect(written.length).toBeGreaterThan(2000)
  expect(await readers[reader]()).toEqual(written.map(({ value }) => value))
})

test('each value that is refused is read otherwise by one of them, were it written in quotes', async () => {
  const refused = ['${HOME}', 'a${NOPE}b', 'x="y']
  const texts = await Promise.all(refused.map(async (value, at) => {
    const file = join(folder, `refused-${at}.env`)
    await writeFile(file, `V='${value}'\nLAST=end\n`)
    return file
  }))
  const { stdout: php } = await execute('php', [join(sources, 'read.php'), ...texts])
  const { stdout: python } = await execute(join(folder, 'venv', 'bin', 'python'), [join(sources, 'read.py'), ...texts])
  const [byPhp, byPython] = [asJson(php), asJson(python)] as (string | null)[][]
  expect(refused.filter((value, at) => byPhp?.[at] === value && byPython?.[at] === value)).toEqual([])
  expect(refused.filter(isEnvValue)).toEqual([])
}, minutes)

async function said(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, [...args, ...written.map(({ file }) => file)], { cwd: folder, maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

async function byShell(shell: string): Promise<string[]> {
  const script = 'for file in "$@"; do . "$file"; printf "%s\\0" "$V"; done'
  return (await said(shell, ['-euc', script, shell])).split('\0').slice(0, -1)
}

async function byGo(reader: string): Promise<unknown> {
  const program = join(folder, `go-${reader}`)
  await execute('go', ['build', '-o', program, '.'], { cwd: sources })
  return asJson(await said(program, [reader]))
}

const signs = Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ \t')

function pairs(): string[] {
  return [...signs, 'é', '漢', '😀', '\u00a0', '\u2028', '\u0001', '\u007f'].flatMap((sign) => [
    sign,
    `a${sign}`,
    `${sign}b`,
    `a${sign}b`,
    ` ${sign}`,
    `${sign} `,
    `${sign}${sign}`,
    ...signs.map((other) => `x${sign}${other}y`),
  ])
}

const handPicked = ['', 'true', 'null', '(empty)', '0123', 'export A=b', 'A=b', '$HOME', '$(id)', '#{x}', '<%= 1 %>', 'C:\\new\\table', "it's #1", 'https://[::1]:9200', '\\u0041', '"a"', "'a'", 'x=""y']

/** Values of the signs that mean something somewhere, from a seed. */
function generated(count: number): string[] {
  let state = 16
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
  const alphabet = [...signs, 'a', 'B', '1', '="', '${', '}', '\\n']
  return Array.from({ length: count }, () => Array.from({ length: 2 + next(10) }, () => alphabet[next(alphabet.length)] ?? '').join(''))
}
