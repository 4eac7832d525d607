import type { YamlText } from '../yaml/parser.ts'

/**
 * What Elasticsearch (Jackson's YAMLParser over SnakeYAML's Resolver) makes of a value that is not a map, list or
 * alias. `nothing`: it is read as if it were not there; `refused`: bytes, or a number that Java does not take.
 */
export type ScalarKind = 'text' | 'boolean' | 'null' | 'nothing' | 'refused'

const booleans = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
/** What the tag `!!bool` takes; `u` folds as Java's equalsIgnoreCase does. */
const taggedBooleans = /^(?:y|n|yes|no|on|off|true|false)$/iu
const truthy = /^(?:y|yes|on|true)$/iu
const nulls: ReadonlySet<string> = new Set(['', ' ', '~', 'null', 'Null', 'NULL'])
const integers = /^[-+]?0(?:b_*[01][01_]*|_*[0-7][0-7_]*|x_*[\da-fA-F][\da-fA-F_]*)$/
/** Longer ones are not even looked at. */
const integerLimit = 1024
/** Jackson reads no number with more digits. */
const digitLimit = 1000
const yamlOrg = 'tag:yaml.org,2002:'

export function kindOfScalar({ text, tag, style }: YamlText): ScalarKind {
  const isPlain = style === 'plain' || style === 'none'
  if (tag === '!' || (tag === null && isPlain)) return kindOfPlain(text)
  return tag === null ? 'text' : kindOfTagged(text, typeOf(tag))
}

export function isTrue({ text }: YamlText): boolean {
  return truthy.test(text)
}

function kindOfPlain(text: string): ScalarKind {
  if (booleans.test(text)) return 'boolean'
  if (nulls.has(text)) return 'null'
  return text.length <= integerLimit && integers.test(text) ? kindOfInteger(text) : 'text'
}

function typeOf(tag: string): string {
  if (!tag.startsWith(yamlOrg)) return tag
  const [type = ''] = tag.slice(yamlOrg.length).split(',')
  return type
}

function kindOfTagged(text: string, type: string): ScalarKind {
  if (type === 'binary') return 'refused'
  if (type === 'bool') return taggedBooleans.test(text) ? 'boolean' : 'text'
  if (text === '') return 'text'
  if (type === 'null') return 'null'
  return type === 'int' ? kindOfInteger(text) : 'text'
}

const digits = { 2: /^[-+]?[01]+$/, 8: /^[-+]?[0-7]+$/, 16: /^[-+]?[\da-f]+$/i } as const

/** Only what Java refuses matters: a number keeps the text in which it is written. */
function kindOfInteger(text: string): ScalarKind {
  const unsigned = text.replace(/^[-+]/, '')
  if (unsigned === '') return 'nothing'
  if (/^0[\d_]/.test(unsigned)) return isNumber(unsigned.slice(1), 8)
  if (/^0b/i.test(unsigned)) return isNumber(unsigned.slice(2), 2)
  if (/^0x/i.test(unsigned)) return isNumber(unsigned.slice(2), 16)
  return /^_+$/.test(unsigned) ? 'refused' : 'text'
}

function isNumber(text: string, radix: keyof typeof digits): ScalarKind {
  const cleaned = text.replaceAll('_', '')
  return cleaned.length <= digitLimit && digits[radix].test(cleaned) ? 'text' : 'refused'
}
