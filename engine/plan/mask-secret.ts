const mask = '••••'

/** A value after a key that names a secret, commented out or not; whether something is on, or how many there are, is none. */
const secretSetting = /^(\s*#?\s*[\w."'-]*(?:password|passphrase|secret|token|api_?key|encryption_?key)[\w."'-]*\s*:\s*)(?!(?:true|false|null|~|\d+)\s*(?:#.*)?$)\S.*$/i

/** The same within braces, where more follows. */
const secretInBraces = /([{,]\s*["']?[\w.-]*(?:password|passphrase|secret|token|api_?key|encryption_?key)[\w.-]*["']?\s*:\s*)(?!(?:true|false|null|~|\d+)\s*[,}])("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,{}][^,}]*)/gi

/** A line of settings with the values of what looks secret masked; another line as it is. */
export function maskSecret(line: string): string {
  const whole = line.replace(secretSetting, `$1${mask}`)
  return whole === line ? line.replace(secretInBraces, `$1${mask}`) : whole
}
