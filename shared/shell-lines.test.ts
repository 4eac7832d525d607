import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { quotes, setApiKeyLine, shellLines, shellOf } from './shell-lines.ts'

const known = { url: 'https://localhost:9200', username: 'elastic', password: `a'b"$HOME\\ &c`, caCertificate: `/opt/it's $5 & ü/http_ca.crt` }

/** Every sign that some shell takes for more than itself, at each place, and what they do together. */
const signs = Array.from('"\'%^!$`\\&|<>()#~*?;={}[]@, \t').flatMap((sign) => [sign, `${sign}b`, `a${sign}`, `a${sign}${sign}b`])
const words = [...signs, '%PATH%', '%PATH', '50%', '100%%', '"%PATH%"', 'a\\"b', 'a\\\\"b\\', 'C:\\a b\\', 'C:\\100%\\%USERNAME%\\x', '^"&calc', '!x!', '$(id)', '${x}', '`id`', "''", '\\\'', 'é ü 漢']
const fishWords = words.map((word) => [word, fishReads(quotes.fish(word))])

test('a password and a path of any characters reach curl as they are in sh', () => {
  const { setPassword, curl } = shellLines({ shell: 'sh', ...known })
  const shown = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${setPassword}\n${curl}`], { encoding: 'utf8' })
  expect(shown.split('\n')).toEqual(['--cacert', known.caCertificate, '-u', `elastic:${known.password}`, known.url, ''])
})

test('PowerShell, cmd and fish get their own syntax', () => {
  const powershell = shellLines({ shell: 'powershell', ...known, password: "a'b$HOME &c" })
  expect(powershell.setPassword).toBe(`$env:ELASTIC_PASSWORD = 'a''b$HOME &c'`)
  expect(powershell.curl).toBe(`curl.exe --cacert '/opt/it''s $5 & ü/http_ca.crt' -u "elastic:$env:ELASTIC_PASSWORD" https://localhost:9200`)
  const cmd = shellLines({ shell: 'cmd', ...known, password: 'simple', caCertificate: 'C:\\Program Files\\es\\http_ca.crt' })
  expect(cmd.setPassword).toBe('set "ELASTIC_PASSWORD=simple"')
  expect(cmd.curl).toBe('curl --cacert "C:\\Program Files\\es\\http_ca.crt" -u "elastic:%ELASTIC_PASSWORD%" https://localhost:9200')
  const fish = shellLines({ shell: 'fish', ...known })
  expect(fish.setPassword).toBe(`set -gx ELASTIC_PASSWORD 'a\\'b"$HOME\\\\ &c'`)
  expect(fish.curl).toBe(`curl --cacert '/opt/it\\'s $5 & ü/http_ca.crt' -u "elastic:$ELASTIC_PASSWORD" https://localhost:9200`)
})

test('quotes that PowerShell takes for an end are doubled, the curled ones among them', () => {
  const { setPassword, curl } = shellLines({ ...known, shell: 'powershell', password: 'a\u2019; rm x; \u2018\u201a\u201b', caCertificate: 'C:\\Users\\O\u2019Neil\\http_ca.crt' })
  expect(setPassword).toBe("$env:ELASTIC_PASSWORD = 'a\u2019\u2019; rm x; \u2018\u2018\u201a\u201a\u201b\u201b'")
  expect(curl).toContain("--cacert 'C:\\Users\\O\u2019\u2019Neil\\http_ca.crt'")
})

test.for(words)('PowerShell and fish read %j as it was, by their rules', (word) => {
  expect(powerShellReads(quotes.powershell(word))).toBe(word)
  expect(fishWords.find(([written]) => written === word)?.[1]).toBe(word)
})

test.for(words)('a program that cmd starts gets %j as it was, by the rules of both', (word) => {
  expect(programReads(cmdHandsOn(`x ${quotes.cmd(word)} y`))).toEqual(['x', word, 'y'])
})

test.for(words.filter((word) => word.trim() !== ''))('cmd sets a variable to %j, by its rules', (password) => {
  const { setPassword } = shellLines({ ...known, shell: 'cmd', password })
  const [, written = ''] = /^set (.*)$/s.exec(cmdHandsOn(setPassword)) ?? []
  expect(variableSetTo(written)).toBe(password)
})

test.for(words)('curl gets the login with the password %j from cmd, whether cmd or curl itself puts it in', (password) => {
  const { curl } = shellLines({ ...known, shell: 'cmd', password, caCertificate: 'C:\\es 1\\http_ca.crt' })
  const [, ...args] = programReads(cmdHandsOn(curl, { ELASTIC_PASSWORD: password }))
  const imported = args.includes('--variable')
  const login = imported ? ['--variable', '%ELASTIC_PASSWORD', '--expand-user', 'elastic:{{ELASTIC_PASSWORD}}'] : ['-u', `elastic:${password}`]
  expect(args).toEqual(['--cacert', 'C:\\es 1\\http_ca.crt', ...login, known.url])
})

test.for(['a"b', 'a\\'])('PowerShell before 7.3, which hands no quote on to a program, leaves the password %j to curl', (password) => {
  expect(shellLines({ ...known, shell: 'powershell', password }).curl).toContain(`--variable '%ELASTIC_PASSWORD' --expand-user 'elastic:{{ELASTIC_PASSWORD}}'`)
})

test('an API key is put into the environment by a line of each shell', () => {
  const key = 'VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybA=='
  expect(execFileSync('sh', ['-c', `${setApiKeyLine('sh', key)}; printf %s "$ELASTIC_API_KEY"`], { encoding: 'utf8' })).toBe(key)
  expect(setApiKeyLine('powershell', key)).toBe(`$env:ELASTIC_API_KEY = '${key}'`)
  expect(setApiKeyLine('cmd', key)).toBe(`set "ELASTIC_API_KEY=${key}"`)
  expect(setApiKeyLine('fish', key)).toBe(`set -gx ELASTIC_API_KEY '${key}'`)
})

test('the shell that is shown first is that of the system, or fish where somebody logs in with it', () => {
  expect([shellOf('win32', undefined), shellOf('win32', '/usr/bin/fish'), shellOf('linux', '/usr/bin/fish'), shellOf('darwin', '/bin/zsh'), shellOf('linux', '/opt/selfish')]).toEqual(['powershell', 'powershell', 'fish', 'sh', 'sh'])
})

/** about_Quoting_Rules: in single quotes nothing is replaced, and a doubled quote is one; a bare word of plain signs is itself. */
function powerShellReads(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(/(['\u2018-\u201b])\1/g, '$1') : word
}

/** fish, "Quotes": between single quotes the only escapes are those of a quote and of a backslash. */
function fishReads(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll(/\\(['\\])/g, '$1') : word
}

/** What cmd makes of a typed line: `%NAME%` is replaced where there is such a variable, then carets escape outside of quotes, which a signal sign would end. */
function cmdHandsOn(line: string, variables: Readonly<Record<string, string>> = {}): string {
  const known: Readonly<Record<string, string>> = { PATH: '<PATH>', USERNAME: '<USERNAME>', ...variables }
  const expanded = line.replaceAll(/%([^%]+)(?=%)/g, (found, name: string) => (name in known ? `\0${name}` : found)).replaceAll(/\0(\w+)%/g, (_, name: string) => known[name] ?? '')
  let out = ''
  let quoted = false
  for (let at = 0; at < expanded.length; at += 1) {
    const sign = expanded[at] ?? ''
    if (!quoted && sign === '^') {
      at += 1
      out += expanded[at] ?? ''
      continue
    }
    if (sign === '"') quoted = !quoted
    if (!quoted && /[&|<>]/.test(sign)) throw new Error(`${sign} ends the command: ${line}`)
    out += sign
  }
  return out
}

/** `set`: what is between the first quote and the last one where it begins with one, else the rest of the line. */
function variableSetTo(written: string): string {
  const text = written.startsWith('"') ? written.slice(1, written.lastIndexOf('"')) : written
  return text.slice(text.indexOf('=') + 1)
}

/** A command line as programs of Microsoft's C take it apart. */
function programReads(line: string): string[] {
  const args: string[] = []
  let word: string | null = null
  let quoted = false
  for (let at = 0; at < line.length; at += 1) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0
    if (slashes > 0) {
      const beforeQuote = line[at + slashes] === '"'
      word = (word ?? '') + '\\'.repeat(beforeQuote ? Math.floor(slashes / 2) : slashes) + (beforeQuote && slashes % 2 === 1 ? '"' : '')
      at += slashes - 1 + (beforeQuote && slashes % 2 === 1 ? 1 : 0)
      continue
    }
    const sign = line[at] ?? ''
    if (sign === '"' && quoted && line[at + 1] === '"') {
      word = `${word ?? ''}"`
      at += 1
    } else if (sign === '"') {
      quoted = !quoted
      word ??= ''
    } else if (!quoted && (sign === ' ' || sign === '\t')) {
      if (word !== null) args.push(word)
      word = null
    } else word = (word ?? '') + sign
  }
  return word === null ? args : [...args, word]
}
