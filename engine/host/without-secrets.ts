const mask = '••••'

const word = '(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|credential|authorization|private[-_ ]?key)'
/** Bounded, like all that may be long here: a line of a log must not cost more than its length. */
const named = String.raw`[\w.-]{0,100}${word}[\w.-]{0,100}`
const value = String.raw`(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\[[^\]\n]{0,4000}\]|[^\s,;)\]}]+)`

/** What a secret looks like in a text, from the plainest to what is only shaped like one; each keeps what tells where it stood. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, `-----PRIVATE KEY ${mask}-----`],
  [/\b([a-z][a-z0-9+.-]{0,40}:\/\/[^\s/:@]{0,1000}):[^\s/@]{1,4000}@/gi, `$1:${mask}@`],
  [/\b(Bearer|Basic|ApiKey)\s+[\w+/=.~:-]{6,}/gi, `$1 ${mask}`],
  // "the password of elastic is hunter2", "password: hunter2", "PASSWORD=hunter2", {"password":"hunter2"}
  [new RegExp(String.raw`(\b${named}\b["'\]]?(?:\s+(?:of|for|to)\s+(?:the\s+)?(?:user\s+)?[\w.@"'\[\]-]+(?:\s+user)?)?\s*(?::|=>?|\bis\b|\bwas\b)\s*)(?:(?:Bearer|Basic|ApiKey)\s+)?${value}`, 'gi'), `$1${mask}`],
  [new RegExp(String.raw`(\bvalue\s+)${value}(?=.{0,200}?${word})`, 'gi'), `$1${mask}`],
  [new RegExp(String.raw`(\s--?${named}\s+)${value}`, 'gi'), `$1${mask}`],
  // Enrollment tokens and other base64 that is longer than a word of a log ever is; a fingerprint (hex) stays.
  [/(?<![\w+/-])(?![0-9a-fA-F]+(?![\w+/-]))(?=[\w+/-]*\d)(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[A-Za-z0-9+_-]{40,}={0,2}/g, mask],
  // Hashes of passwords, as the file realm keeps them.
  [/\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}|\{PBKDF2(?:_STRETCH)?\}\S+/g, mask],
]

/**
 * A text with everything in it that is a secret, or looks like one, as `••••`. For what a person attaches to a report: a harmless word may go
 * with them. `known`: secrets that are known here.
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const masked = known.filter((one) => one.length > 3).reduce((so, secret) => so.replaceAll(secret, mask), text)
  return shapes.reduce((so, [shape, instead]) => so.replace(shape, instead), masked)
}
