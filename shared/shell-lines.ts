/** Whose syntax a line is in. */
export type Shell = 'sh' | 'powershell' | 'cmd'

/** Lines that are ready to run: the password into the environment, then a call that proves it (seeds: "export ELASTIC_PASSWORD", "curl --cacert"). */
export interface ShellLines {
  readonly setPassword: string
  readonly curl: string
}

/** The two lines for a node. `caCertificate` is the path of http_ca.crt; every value is quoted as its shell needs it. */
export function shellLines(known: ShellFacts & { shell: Shell }): ShellLines {
  return makers[known.shell](known)
}

/** The line that puts an API key (base64, so nothing in it means anything to a shell) into the environment. */
export function setApiKeyLine(shell: Shell, apiKey: string): string {
  if (shell === 'powershell') return `$env:ELASTIC_API_KEY = '${apiKey}'`
  return shell === 'cmd' ? `set "ELASTIC_API_KEY=${apiKey}"` : `export ELASTIC_API_KEY='${apiKey}'`
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
  sh: (text) => (plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`),
  powershell: (text) => (/^[\w.:/\\-]+$/.test(text) && !text.startsWith('-') ? text : singleQuotedInPowerShell(text)),
  cmd: (text) => (/^[\w@+=:,./\\-]+$/.test(text) ? text : `"${text}"`),
}

/** PowerShell takes the curled quotes of a word processor for straight ones: each of them would end the text. Doubled, it stands for itself. */
function singleQuotedInPowerShell(text: string): string {
  return `'${text.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`
}

const makers: Readonly<Record<Shell, (known: ShellFacts) => ShellLines>> = {
  sh: ({ url, username, password, caCertificate }) => ({
    setPassword: `export ELASTIC_PASSWORD='${password.replaceAll("'", "'\\''")}'`,
    curl: `curl --cacert ${quotes.sh(caCertificate)} -u "${username}:$ELASTIC_PASSWORD" ${quotes.sh(url)}`,
  }),
  powershell: ({ url, username, password, caCertificate }) => ({
    setPassword: `$env:ELASTIC_PASSWORD = ${singleQuotedInPowerShell(password)}`,
    curl: `curl.exe --cacert ${quotes.powershell(caCertificate)} -u "${username}:$env:ELASTIC_PASSWORD" ${quotes.powershell(url)}`,
  }),
  cmd: ({ url, username, password, caCertificate }) => ({
    setPassword: `set "ELASTIC_PASSWORD=${password}"`,
    curl: `curl --cacert ${quotes.cmd(caCertificate)} -u "${username}:%ELASTIC_PASSWORD%" ${quotes.cmd(url)}`,
  }),
}
