import { problem, type Problem } from '../../shared/problems/problem.ts'
import { MiB } from '../../shared/sizes.ts'
import { beginYaml, nextDocument, type YamlMap, type YamlNode, type YamlText } from '../yaml/parser.ts'
import { charactersIn } from '../yaml/scan.ts'
import { characterLimit } from '../yaml/scanner.ts'
import { YamlError } from '../yaml/yaml-error.ts'
import { isTrue, kindOfScalar } from './yaml-scalar.ts'

export type FlatSettings = Map<string, string | readonly string[]>

/** What all flat names together may have: with more, Elasticsearch's launcher is out of memory (64 MB). */
const namesLimit = 64 * MiB

/**
 * Reads YAML into flat names as Elasticsearch does (`Settings.fromXContent` over Jackson's YAML parser, as found by
 * asking it): values keep the text they are written in, but for a bare true/yes/on and false/no/off, which become
 * `true` and `false` (not within lists); an alias is the text of its name; the later of two spellings of one name wins.
 * Problems: `settings_no_yaml`, `settings_no_map`, `settings_duplicate_key`, `settings_null`, `settings_bad_list`,
 * `settings_bad_key`, `settings_bad_value`, `settings_more_documents`, `settings_too_large`, `settings_names_too_long`.
 */
export function readYaml(text: string): FlatSettings {
  try {
    return readDocuments(text)
  } catch (thrown) {
    throw thrown instanceof YamlError ? problemOf(thrown, text) : thrown
  }
}

interface Reading {
  readonly text: string
  readonly into: FlatSettings
  /** how many characters the names have so far */
  namesLength: number
}

function readDocuments(text: string): FlatSettings {
  const yaml = beginYaml(text)
  const reading: Reading = { text, into: new Map(), namesLength: 0 }
  const root = nextDocument(yaml)
  if (root === null || isNothing(root)) return reading.into
  if (root.kind !== 'map') {
    // What is wrong behind it says more.
    nextDocument(yaml)
    throw problem('settings_no_map', { line: lineOf(text, root.start), found: wordFor(root) })
  }
  readMap(reading, root, '')
  for (let more = nextDocument(yaml); more !== null; more = nextDocument(yaml)) {
    if (!isNothing(more)) throw problem('settings_more_documents', { line: lineOf(text, more.start) })
  }
  return reading.into
}

function readMap(reading: Reading, { entries }: YamlMap, prefix: string): void {
  const seen = new Map<string, YamlText>()
  for (const { name, key, value } of entries) {
    const first = seen.get(name)
    if (first !== undefined) {
      const [firstLine, line] = [lineOf(reading.text, first.start), lineOf(reading.text, key.start)]
      throw problem('settings_duplicate_key', { key: prefix + name, line, firstLine })
    }
    seen.set(name, key)
    readEntry(reading, prefix + name, key, value)
  }
}

function readEntry(reading: Reading, name: string, key: YamlText, value: YamlNode): void {
  const { text, into } = reading
  if (value.kind === 'map') return readMap(reading, value, `${name}.`)
  reading.namesLength += name.length
  if (reading.namesLength > namesLimit) {
    throw problem('settings_names_too_long', { line: lineOf(text, key.start), limit: namesLimit })
  }
  if (value.kind === 'list') into.set(name, readList(reading, name, value.items))
  else if (value.kind === 'alias') into.set(name, value.name)
  else {
    const kind = kindOfScalar(value)
    if (kind !== 'text' && kind !== 'boolean') {
      const code = kind === 'null' ? 'settings_null' : 'settings_bad_value'
      throw problem(code, { key: name, line: lineOf(text, key.start) })
    }
    into.set(name, kind === 'boolean' ? String(isTrue(value)) : value.text)
  }
}

function readList({ text }: Reading, key: string, items: readonly YamlNode[]): readonly string[] {
  return items.map((item) => {
    if (item.kind === 'alias') return item.name
    const kind = item.kind === 'text' ? kindOfScalar(item) : null
    if (item.kind === 'text' && (kind === 'text' || kind === 'boolean')) return item.text
    throw problem('settings_bad_list', { key, line: lineOf(text, item.start) })
  })
}

/** A number without digits (`!!int "-"`): Jackson makes no token of it. */
function isNothing(node: YamlNode): boolean {
  return node.kind === 'text' && kindOfScalar(node) === 'nothing'
}

function wordFor(node: YamlNode): string {
  if (node.kind === 'list') return 'a list'
  return node.kind === 'text' && kindOfScalar(node) === 'null' ? 'nothing' : 'a single value'
}

function problemOf(error: YamlError, text: string): Problem {
  const { fault, at } = error
  const line = lineOf(text, at)
  if (fault === 'name_not_text') return problem('settings_bad_key', { line }, { cause: error })
  if (fault === 'too_large') {
    return problem('settings_too_large', { bytes: Buffer.byteLength(text), limit: characterLimit }, { cause: error })
  }
  return problem('settings_no_yaml', { line, column: columnOf(text, at), fault }, { cause: error })
}

/** Looked up only where something is wrong: it goes through the whole text. */
function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

/** In characters; a byte order mark is none. */
function columnOf(text: string, at: number): number {
  return charactersIn(text.slice(text.lastIndexOf('\n', at - 1) + 1, at).replace(/^\uFEFF/, '')) + 1
}
