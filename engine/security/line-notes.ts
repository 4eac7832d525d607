import { settingNotes, type SettingValueKnown } from '../../shared/setting-notes.ts'
import { isEveryAddress } from '../network/loopback.ts'
import { onlyThisMachine } from '../network/url-host.ts'
import type { YamlMap } from '../yaml/parser.ts'
import { readYamlMap } from './yaml-tree.ts'

export interface LineNotesOptions {
  /** what a setting says, by its flat name, as it is read; null where nothing is known */
  readonly says?: (name: string) => string | null
  readonly notes?: typeof settingNotes
  /** notes of comments, by the trimmed text of their line */
  readonly comments?: Readonly<Record<string, string>>
}

/**
 * What the lines of a settings file mean: number of the line, from 0 → note. Each is found by the full flat name of the setting that begins or has its value there, so it does not
 * matter whether that is written flat, nested, quoted or in braces. No notes of settings where the text cannot be located as YAML.
 */
export function lineNotes(text: string, { says = () => null, notes = settingNotes, comments = {} }: LineNotesOptions = {}): ReadonlyMap<number, string> {
  const found = new Map<number, string[]>()
  for (const [at, line] of text.split('\n').entries()) {
    const comment = line.trim()
    if (comment.startsWith('#') && Object.hasOwn(comments, comment)) found.set(at, [comments[comment] ?? ''])
  }
  const map = readYamlMap(text)
  for (const { name, starts } of map === null ? [] : settingsIn(map, '')) {
    const note = Object.hasOwn(notes, name) ? notes[name]?.(valueKnown(says(name) ?? '')) : null
    if (note == null) continue
    for (const line of new Set(starts.map((start) => lineAt(text, start)))) found.set(line, [...(found.get(line) ?? []), note])
  }
  return new Map([...found].map(([line, sentences]) => [line, [...new Set(sentences)].join(' ')]))
}

function valueKnown(says: string): SettingValueKnown {
  const hosts = says.replace(/^\[(.*)\]$/, '$1').split(',').map((host) => host.trim()).filter((host) => host !== '')
  if (hosts.length > 0 && onlyThisMachine(hosts.join(','))) return { says, hosts, reach: 'this machine' }
  return { says, hosts, reach: hosts.length === 1 && isEveryAddress(hosts[0] ?? '') ? 'every address' : 'these addresses' }
}

interface Written {
  readonly name: string
  /** where its name and its value begin */
  readonly starts: readonly number[]
}

/** Every setting of the map, and every map of settings in it that has no setting on its own line. */
function settingsIn(map: YamlMap, prefix: string): Written[] {
  return map.entries.flatMap((entry): Written[] => {
    const name = `${prefix}${entry.name}`.replace(/^force\./, '').replace(/\.\d+$/, '')
    const { value } = entry
    if (value.kind !== 'map') return [{ name, starts: [entry.key.start, value.start] }]
    const inside = settingsIn(value, `${name}.`)
    return value.flow ? inside : [{ name, starts: [entry.key.start] }, ...inside]
  })
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1
}

