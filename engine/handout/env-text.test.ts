import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { expect, test } from 'vitest'
import { envText } from './env-text.ts'

const values = ['plain', '', 'with space', '$HOME', '$(id)', '$X}', '${HOME', '{HOME}', '${', '$}', 'x=""y', '=\\"', '"=', '`id`', 'a"b', "it's", "it's a word", 'back\\slash', 'C:\\es\\config\\certs\\http_ca.crt', 'a#b', 'a #b', '#a', '=', 'a=b', '~', '*', '!', 'é ü', 'a;b', 'a&b|c<d>e', '  blanks  ', 'a\\nb', '-x', '"quoted"', '%PATH%']

test.for(values)('the value %j is read back by a reader of .env files', (value) => {
  expect(parseEnv(envText('FIRST=1\n', { ELASTIC_PASSWORD: value, LAST: 'end' }).text)).toEqual({ FIRST: '1', ELASTIC_PASSWORD: value, LAST: 'end' })
})

test.skipIf(process.platform === 'win32')('a shell that sources the file reads every one of them as it is', async () => {
  expect(await readBySh(values.map((value) => envText('', { ELASTIC_PASSWORD: value, LAST: 'end' }).text))).toEqual(values.flatMap((value) => [value, 'end']))
})

test.for(['two\\\\backslashes', 'at its end\\', `it's "so"`, "it's $5", "it's a \\", "it's `x`", 'two\nlines', 'two\rlines', '${HOME}', 'a${HOME}b', '${}', '${NOPE:-x}', '${HOME:+x}', '$${HOME}', "'${HOME}'", '="', 'x="y', 'x="\\"y'])('the value %j, which readers of such files read differently, is refused by the name of its variable alone', (value) => {
  expect(() => envText('', { ELASTIC_PASSWORD: value })).toThrow(expect.objectContaining({ code: 'env_value_unwritable', message: expect.not.stringContaining(value) }))
})

test('values of names that are there are replaced, others are added, and all else stays to the byte', () => {
  const before = [
    '# a project',
    'PORT=3000 # of the app',
    '',
    'export ELASTIC_PASSWORD="old one" # changes often',
    '  ELASTIC_USERNAME = me   # who',
    "MULTI='first",
    'ELASTICSEARCH_URL=not a variable',
    "last'",
    'ELASTICSEARCH_URL=',
    'NOT_ELASTIC_PASSWORD=stays',
    '#ELASTIC_PASSWORD=comment',
    'ELASTIC_PASSWORD=older#still',
  ].join('\n')
  const { text, replaced, added } = envText(before, { ELASTICSEARCH_URL: 'https://localhost:9200', ELASTIC_USERNAME: 'elastic', ELASTIC_PASSWORD: 'n e w', ELASTIC_CA_CERT: '/ca' })
  expect(text.split('\n')).toEqual([
    '# a project',
    'PORT=3000 # of the app',
    '',
    "export ELASTIC_PASSWORD='n e w' # changes often",
    '  ELASTIC_USERNAME = elastic   # who',
    "MULTI='first",
    'ELASTICSEARCH_URL=not a variable',
    "last'",
    'ELASTICSEARCH_URL=https://localhost:9200',
    'NOT_ELASTIC_PASSWORD=stays',
    '#ELASTIC_PASSWORD=comment',
    "ELASTIC_PASSWORD='n e w'",
    'ELASTIC_CA_CERT=/ca',
    '',
  ])
  expect(replaced).toEqual(['ELASTICSEARCH_URL', 'ELASTIC_USERNAME', 'ELASTIC_PASSWORD'])
  expect(added).toEqual(['ELASTIC_CA_CERT'])
})

test('line ends of Windows, and a mark of the byte order, stay', () => {
  const { text } = envText('\ufeffELASTIC_PASSWORD=old\r\nA=1', { ELASTIC_PASSWORD: 'new', B: '2' })
  expect(text).toBe('\ufeffELASTIC_PASSWORD=new\r\nA=1\r\nB=2\r\n')
})

test('a second time it changes nothing', () => {
  const variables = { ELASTIC_PASSWORD: "it's", URL: 'https://[::1]:9200' }
  const once = envText('A=1\n', variables).text
  expect(envText(once, variables)).toEqual({ text: once, replaced: [], added: [] })
})

test('a quote that nothing closes is part of its value, as readers of such files take it', () => {
  expect(envText(`A="open\nELASTIC_PASSWORD='old\nB=1\n`, { ELASTIC_PASSWORD: 'new' }).text).toBe(`A="open\nELASTIC_PASSWORD=new\nB=1\n`)
})

/** What a shell has in both variables after each of these files. */
async function readBySh(texts: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-env-'))
  try {
    const names = await Promise.all(texts.map(async (text, index) => writeFile(join(folder, `${index}.env`), text).then(() => `${index}.env`)))
    const script = 'for file in "$@"; do (set -a; . "./$file"; printf "%s\\0%s\\0" "$ELASTIC_PASSWORD" "$LAST"); done'
    const { stdout } = await promisify(execFile)('sh', ['-euc', script, 'sh', ...names], { cwd: folder })
    return stdout.split('\0').slice(0, -1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
