/** A text as a literal of each language that snippets are written in: what the program then has is the text, whatever is in it. */

/** JavaScript, Python, Go, C# and YAML: JSON's own form is one of theirs. */
export function jsonLiteral(text: string): string {
  return JSON.stringify(text)
}

/** Java, in ASCII alone: a source is read in the charset of the system before Java 18. */
export function javaLiteral(text: string): string {
  return jsonLiteral(text).replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Rust, whose escapes of control characters are its own. */
export function rustLiteral(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
  // oxlint-disable-next-line no-control-regex -- these are what is escaped
  return `"${escaped.replace(/[\0-\x1f\x7f]/g, (sign) => `\\u{${sign.charCodeAt(0).toString(16)}}`)}"`
}

/** Ruby and PHP: single quotes, in which nothing is put in for `#{…}` or `$name`. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** A pipeline of Logstash, which knows no escapes: the quotes that are not in the text. */
export function logstashLiteral(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`
}
