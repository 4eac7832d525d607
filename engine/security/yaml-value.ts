/** What a reader of YAML 1.1 takes for something else than text. */
const otherwise = /^(?:true|false|yes|no|on|off|null|y|n)$/i
const plain = /^[A-Za-z_][\w.-]*$/
const address = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** A text as a value of `elasticsearch.yml`: bare where that is safe, else in double quotes. */
export function yamlText(text: string): string {
  return (plain.test(text) && !otherwise.test(text)) || address.test(text) ? text : quoted(text)
}

/** Texts as a list in brackets, each in double quotes as stock writes it. */
export function yamlList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`
}

/** Invisible characters are written as escapes: some end a line in YAML 1.1, and a person could not see them. */
function quoted(text: string): string {
  const escaped = text.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/gu, escape)
  return `"${escaped}"`
}

function escape(char: string): string {
  const code = char.codePointAt(0) ?? 0
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
}

const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0')
