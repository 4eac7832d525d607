import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { quotes, setApiKeyLine, type Shell, shellLines } from '../../../shared/shell-lines.ts'

const signs = Array.from('"\'%^!$`\\&|<>()#~*?;={}[]@, ').flatMap((sign) => [sign, `${sign}b`, `a${sign}`, `a${sign}${sign}b`])
const values = [...signs, '$HOME', '$(id)', '{$HOME}', '~', '\\n', "\\'", "'\\", 'a\\\\b', '%self', 'é ü 漢', "it's $5 \\ \"x\""]

/** A curl that tells what it was given. */
const curlInstead = { fish: 'function curl; printf "%s\\0" $argv; end', sh: 'curl() { printf "%s\\0" "$@"; }' }

test.for(['fish', 'sh'] as const)('%s hands on every password and every path as it is', async (shell) => {
  const lines = values.map((value) => shellLines({ shell, url: 'https://localhost:9200', username: 'ela"s$tic', password: value, caCertificate: `/opt/${value}/ca.crt` }))
  const shown = await runBy(shell, [curlInstead[shell], ...lines.flatMap(({ setPassword, curl }) => [setPassword, curl])])
  expect(shown).toEqual(values.flatMap((value) => ['--cacert', `/opt/${value}/ca.crt`, '-u', `ela"s$tic:${value}`, 'https://localhost:9200']))
})

test.for(['fish', 'sh'] as const)('%s reads every value as one word, and gives a key to the programs that it starts', async (shell) => {
  const words = values.map((value) => `curl ${quotes[shell](value)}`)
  const read = await runBy(shell, [curlInstead[shell], ...words, setApiKeyLine(shell, 'a+/b=='), 'sh -c \'printf "%s\\0" "$ELASTIC_API_KEY"\''])
  expect(read).toEqual([...values, 'a+/b=='])
})

async function runBy(shell: Extract<Shell, 'fish' | 'sh'>, lines: readonly string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(shell, ['-c', lines.join('\n')], { maxBuffer: 16 * 1024 * 1024 })
  return stdout.split('\0').slice(0, -1)
}
