import { problem, type Problem } from '../../shared/problems/problem.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { readSettings, settingList, settingText, type Settings } from '../preflight/settings.ts'
import { lineNotes } from './line-notes.ts'
import { readBack } from './read-back.ts'
import { blockComments, hostValue, listValue, securityBlock, type SettingValue } from './settings-block.ts'
import { replaceYamlValue } from './yaml-edit.ts'
import { removeYamlSettings } from './yaml-removal.ts'
import { yamlText } from './yaml-value.ts'

/** What `elasticsearch.yml` shall say. `null` leaves a setting as it is. */
export interface SettingsWanted {
  /** as the node will call itself, whether chosen or not */
  readonly nodeName: string
  readonly chosen: {
    readonly nodeName: string | null
    readonly clusterName: string | null
    readonly httpPort: number | null
    readonly transportPort: number | null
    /** addresses divided by commas */
    readonly httpHost: string | null
  }
  /** of a node that joins others; absent for a first node */
  readonly joins?: JoiningWanted
  readonly now: Date
}

/** What a node that joins a cluster says of the others. */
export interface JoiningWanted {
  /** transport addresses of the nodes that are there, host:port */
  readonly seedHosts: readonly string[]
  /** one of them is on another machine: then this node must be reached from there as well */
  readonly remote: boolean
}

/** The new text of the file, and what its lines mean, by their number from 0. */
export interface SettingsEdited {
  readonly text: string
  readonly lineNotes: ReadonlyMap<number, string>
}

/**
 * Adds the security settings of a first node, or of one that joins others, to the text of an `elasticsearch.yml`, and what was chosen: values that stand there are replaced in
 * place, others are added below their own commented-out line or before the block. All else stays as it is, line ends included. The result is read again as
 * Elasticsearch reads it (with `env`, and `given` above it) before it is given. Rules: AutoConfigureNode, by running it. Problems: `settings_not_editable`, `settings_not_appendable`, `settings_…` of preflight.
 */
export function configureSettings(text: string, wanted: SettingsWanted, env: Environment, given: Readonly<Record<string, string>> = {}): SettingsEdited {
  const around = { env, given }
  const settings = readSettings(text, env, given)
  const freed = withoutEmpty(text, wanted, settings)
  const edit = editWith(freed, wanted, settings, belowComment)
  if (trouble(edit, settings, around) === null) return explained(edit, around)
  // A commented-out line may stand where no setting can: within a map, or within a text.
  const appending = editWith(freed, wanted, settings, () => null)
  const left = trouble(appending, settings, around)
  if (left !== null) throw left
  return explained(appending, around)
}

function explained({ text }: Edit, { env, given }: Around): SettingsEdited {
  const after = readBack(text, env, given)
  return { text, lineNotes: lineNotes(text, { says: (name) => (after === null ? null : settingText(after, name)), comments: blockComments }) }
}

/** What settings are read with: the environment, and what stands above the file. */
interface Around {
  readonly env: Environment
  readonly given: Readonly<Record<string, string>>
}

interface Edit {
  readonly text: string
  /** flat names that the edit sets → what they say then */
  readonly expected: ReadonlyMap<string, string>
}

/**
 * The text without what Elasticsearch drops, since it has no value, and would refuse beside the same name once more: settings that
 * are about to be set, and empty maps of those. Stock writes them twice, and its node dies of it.
 */
function withoutEmpty(text: string, wanted: SettingsWanted, settings: Settings): string {
  const block = securityBlock(wanted, settings)
  const names = new Set([...namedSettings(wanted, settings).map(({ key }) => key), ...block.flatMap(({ sets = [] }) => sets.map(([name]) => name))])
  const maps = block.flatMap(({ text: line }) => /^([\w.]+):$/.exec(line)?.[1] ?? [])
  const isFree = (written: string): boolean => {
    const name = written.replace(/^force\./, '')
    return !settings.has(name) && (names.has(name) || maps.some((map) => name === map || name.startsWith(`${map}.`)))
  }
  return removeYamlSettings(text, isFree)?.text ?? text
}

type Place = (text: string, key: string, line: string) => string | null

function editWith(text: string, wanted: SettingsWanted, settings: Settings, place: Place): Edit {
  const expected = new Map<string, string>()
  const appended: string[] = []
  let edited = text
  for (const { key, value } of namedSettings(wanted, settings)) {
    const line = `${key}: ${value.yaml}`
    const inPlace = settings.has(key) ? replaceYamlValue(edited, key, value.yaml) : place(edited, key, line)
    if (inPlace === null && settings.has(key)) throw problem('settings_not_editable', { key })
    if (inPlace === null) appended.push(line)
    else edited = inPlace
    expected.set(key, value.says)
  }
  const block = securityBlock(wanted, settings)
  for (const { sets = [] } of block) for (const [key, says] of sets) expected.set(key, says)
  return { text: append(edited, [...chosenLines(appended), '', ...block.map((line) => line.text)]), expected }
}

interface NamedSetting {
  readonly key: string
  readonly value: SettingValue
}

/** Settings with a place of their own in the file: what a person chose, where the file does not say it already. */
function namedSettings({ chosen, nodeName, joins }: SettingsWanted, settings: Settings): NamedSetting[] {
  const text = (key: string, value: string | number | null): NamedSetting[] => {
    if (value === null || settingText(settings, key) === String(value)) return []
    return [{ key, value: { yaml: typeof value === 'number' ? String(value) : yamlText(value), says: String(value) } }]
  }
  const masters = settingList(settings, 'cluster.initial_master_nodes')
  const otherMaster = joins === undefined && settings.has('cluster.initial_master_nodes') && (masters.length !== 1 || masters[0] !== nodeName)
  const boundTo = ['http.bind_host', 'http.host'].find((key) => settings.has(key))
  return [
    ...text('cluster.name', chosen.clusterName),
    ...text('node.name', chosen.nodeName),
    ...text('http.port', chosen.httpPort),
    ...text('transport.port', chosen.transportPort),
    ...(otherMaster ? [{ key: 'cluster.initial_master_nodes', value: listValue([nodeName]) }] : []),
    ...(chosen.httpHost === null || boundTo === undefined || settingText(settings, boundTo) === chosen.httpHost
      ? []
      : [{ key: boundTo, value: hostValue(chosen.httpHost) }]),
  ]
}

function chosenLines(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', '# Chosen when this node was set up', ...lines]
}

/** The line of a template that shows the setting, commented out: a person would write below it. */
function belowComment(text: string, key: string, line: string): string | null {
  const pattern = new RegExp(`^#[ \\t]?${key.replaceAll('.', '\\.')}[ \\t]*:.*(\\r?\\n)`, 'gm')
  const last = [...text.matchAll(pattern)].at(-1)
  if (last === undefined) return null
  const at = last.index + last[0].length
  return `${text.slice(0, at)}${line}${last[1] ?? '\n'}${text.slice(at)}`
}

function append(text: string, lines: readonly string[]): string {
  const lineEnd = /\r\n/.test(text) ? '\r\n' : '\n'
  const before = text === '' || /[\r\n]$/.test(text) ? text : text + lineEnd
  return before + lines.map((line) => line + lineEnd).join('')
}

/** Nothing but what was wanted may have changed, as Elasticsearch reads it; but a value may refer to a setting that did. */
function trouble({ text, expected }: Edit, before: Settings, { env, given }: Around): Problem | null {
  const after = readBack(text, env, given)
  if (after === null) return problem('settings_not_appendable', {})
  for (const key of new Set([...before.keys(), ...after.keys(), ...expected.keys()])) {
    const is = settingText(after, key)
    const mayFollow = is !== null && before.has(key) && !expected.has(key) && text.includes('${')
    if (is !== (expected.get(key) ?? settingText(before, key)) && !mayFollow) return problem('settings_not_editable', { key })
  }
  return null
}
