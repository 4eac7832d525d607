/** Whose syntax a line is in. cmd: as it is typed at its prompt; in a batch file `%` would have to be doubled. */
export const shells = ['sh', 'fish', 'powershell', 'cmd'] as const
export type Shell = (typeof shells)[number]

/** The shell of somebody on `platform` whose environment names `loginShell` (`SHELL`). */
export function shellOf(platform: string, loginShell: string | undefined): Shell {
  if (platform === 'win32') return 'powershell'
  return /(?:^|\/)fish$/.test(loginShell ?? '') ? 'fish' : 'sh'
}

/** Lines that are ready to run: the password into the environment, then a call that proves it (seeds: "export ELASTIC_PASSWORD", "curl --cacert"). */
export interface ShellLines {
  readonly setPassword: string
  readonly curl: string
}

/** The two lines for a node. `caCertificate` is the path of http_ca.crt; every value is quoted as its shell needs it. */
export function shellLines({ shell, url, username, password, caCertificate }: ShellFacts & { shell: Shell }): ShellLines {
  const quoted = quotes[shell]
  const login = losesQuotes(shell, password) ? importedLogin(shell, username) : expandedLogin[shell](username)
  return {
    setPassword: setVariable[shell]('ELASTIC_PASSWORD', password),
    curl: `${shell === 'powershell' ? 'curl.exe' : 'curl'} --cacert ${quoted(caCertificate)} ${login} ${quoted(url)}`,
  }
}

/** The line that puts an API key (base64, so nothing in it means anything to a shell) into the environment. */
export function setApiKeyLine(shell: Shell, apiKey: string): string {
  return setVariable[shell]('ELASTIC_API_KEY', apiKey)
}

interface ShellFacts {
  readonly url: string
  readonly username: string
  readonly password: string
  readonly caCertificate: string
}

const plain = /^[\w@%+=:,./-]+$/

/** A value as one word of the shell; left bare where nothing in it means anything to the shell. */
export const quotes: Readonly<Record<Shell, (text: string) => string>> = {
  sh: (text) => (plain.test(text) ? text : singleQuotedInSh(text)),
  fish: (text) => (plain.test(text) && !text.includes('%') ? text : singleQuotedInFish(text)),
  powershell: (text) => (/^[\w.:/\\-]+$/.test(text) && !text.startsWith('-') ? text : singleQuotedInPowerShell(text)),
  cmd: (text) => (/^[\w@+=:,./\\-]+$/.test(text) ? text : wordInCmd(text)),
}

const setVariable: Readonly<Record<Shell, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}=${singleQuotedInSh(value)}`,
  fish: (name, value) => `set -gx ${name} ${singleQuotedInFish(value)}`,
  powershell: (name, value) => `$env:${name} = ${singleQuotedInPowerShell(value)}`,
  // In quotes a caret would stay and `%NAME%` be replaced, so where one of both matters each sign is escaped for itself.
  cmd: (name, value) => (/["%]/.test(value) ? `set ${name}=${value.replaceAll(/[&|<>()^"%!]/g, '^$&')}` : `set "${name}=${value}"`),
}

/** curl's login from the variable, put in by the shell. */
const expandedLogin: Readonly<Record<Shell, (username: string) => string>> = {
  sh: (username) => `-u "${username.replaceAll(/["$\\`]/g, '\\$&')}:$ELASTIC_PASSWORD"`,
  fish: (username) => `-u "${username.replaceAll(/["$\\]/g, '\\$&')}:$ELASTIC_PASSWORD"`,
  powershell: (username) => `-u "${username.replaceAll(/[$`]|["\u201c-\u201e]/g, '`$&')}:$env:ELASTIC_PASSWORD"`,
  cmd: (username) => `-u "${username}:%ELASTIC_PASSWORD%"`,
}

/** A quote, or a backslash before the quote that follows, does not reach a program from a variable of cmd, nor from PowerShell before 7.3. */
function losesQuotes(shell: Shell, password: string): boolean {
  return (shell === 'powershell' || shell === 'cmd') && /"|\\$/.test(password)
}

/** The login as curl takes it from the environment itself, from 8.3 on, which Windows has: it goes through no shell. */
function importedLogin(shell: Shell, username: string): string {
  const quoted = quotes[shell]
  return `--variable ${shell === 'cmd' ? '%ELASTIC_PASSWORD' : quoted('%ELASTIC_PASSWORD')} --expand-user ${quoted(`${username}:{{ELASTIC_PASSWORD}}`)}`
}

function singleQuotedInSh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** fish takes backslashes within single quotes: before another one, and before a quote. */
function singleQuotedInFish(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`
}

/** PowerShell takes the curled quotes of a word processor for straight ones: each of them would end the text. Doubled, it stands for itself. */
function singleQuotedInPowerShell(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`
}

/**
 * One word in cmd, as programs of C then read it. cmd replaces `%NAME%` in quotes as well, so each `%` is outside of them after a caret, which makes the name one that no variable has;
 * a quote is `\"` for the program, outside for cmd. Before the end of quotes, programs halve backslashes.
 */
function wordInCmd(text: string): string {
  const inQuotes = (part: string): string => (part === '' ? '' : `"${part.replace(/\\+$/, '$&$&')}"`)
  const word = text.split(/(?=["%])|(?<=["%])/).map((part) => (part === '%' ? '^%' : part === '"' ? '\\^"' : inQuotes(part)))
  return word.join('') || '""'
}
