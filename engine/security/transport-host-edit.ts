import { problem } from '../../shared/problems/problem.ts'
import type { Environment } from '../preflight/placeholders.ts'
import { readSettings, settingText, type Settings } from '../preflight/settings.ts'
import { lineNotes } from './line-notes.ts'
import { changedSetting, readBack } from './read-back.ts'
import { blockEnd, hostValue } from './settings-block.ts'
import { replaceYamlValue } from './yaml-edit.ts'
import { removeYamlSettings } from './yaml-removal.ts'

/** An `elasticsearch.yml` with another `transport.host`: the text, what is read of it then, and what its lines mean, by their number from 0. */
export interface TransportHostEdited {
  readonly text: string
  readonly settings: Settings
  readonly lineNotes: ReadonlyMap<number, string>
}

const name = 'transport.host'
const closedComment = '# Without the # nodes on other machines can join: encrypted, and with a certificate'
const openComment = '# Where the nodes of the cluster reach this one: encrypted, and with a certificate'

/**
 * Sets `transport.host` (and `transport.bind_host`, which comes before it, where that stands there) to `hosts` in the text of an `elasticsearch.yml`: a value is
 * replaced in place, in whatever spelling; else the commented-out line of the security settings becomes the setting, or a line is added below them. Never twice. All else
 * stays byte for byte; the result is read again as Elasticsearch reads it. Problems: `settings_not_editable`, `settings_not_appendable`, `settings_…` of preflight.
 */
export function setTransportHost(text: string, hosts: readonly string[], env: Environment, given: Readonly<Record<string, string>> = {}): TransportHostEdited {
  const before = readSettings(text, env, given)
  const value = hostValue(hosts.join(','))
  const expected = new Map([name, 'transport.bind_host'].filter((one) => one === name || before.has(one)).map((one) => [one, value.says] as const))
  const others = [...expected.keys()].filter((one) => one !== name)
  const freed = before.has(name) ? text : withoutEmpty(text)
  const bound = others.reduce<string | null>((edited, one) => (edited === null ? null : replaceYamlValue(edited, one, value.yaml)), freed)
  if (bound === null) throw problem('settings_not_editable', { key: others[0] ?? name })
  for (const place of placesFor(before)) {
    const edited = place(bound, `${name}: ${value.yaml}`, value.yaml)
    const settings = edited === null ? null : readBack(edited, env, given)
    if (edited !== null && settings !== null && changedSetting(before, settings, expected) === null) return { text: edited, settings, lineNotes: notesOf(text, edited, settings) }
  }
  throw before.has(name) ? problem('settings_not_editable', { key: name }) : problem('settings_not_appendable', {})
}

/** A setting without a value is none, but Elasticsearch refuses its name once more. */
function withoutEmpty(text: string): string {
  return removeYamlSettings(text, (written) => written.replace(/^force\./, '') === name)?.text ?? text
}

type Place = (text: string, line: string, value: string) => string | null

/** Where the setting can go, best first. */
function placesFor(before: Settings): readonly Place[] {
  if (!before.has(name)) return [insteadOfComment, withinBlock, atEnd]
  return [
    (text, _, value) => replaceYamlValue(text, name, value),
    // A list over several lines and the like is commented out as it stands.
    (text, line) => {
      const without = removeYamlSettings(text, (one) => one === name || /^transport\.host\.\d+$/.test(one))
      return without === null ? null : atEnd(without.text, line)
    },
  ]
}

/** The last line that shows the setting commented out, the one of the security settings before all: it becomes the setting. */
function insteadOfComment(text: string, line: string): string | null {
  const comments = [...text.matchAll(/^#[ \t]*transport\.host[ \t]*:[^\r\n]*/gm)]
  const block = text.lastIndexOf(blockEnd)
  const last = comments.findLast(({ index }) => index < block && index > text.lastIndexOf('BEGIN SECURITY AUTO CONFIGURATION')) ?? comments.at(-1)
  if (last === undefined) return null
  const before = text.slice(0, last.index).replace(new RegExp(`${closedComment.replaceAll(/[()]/g, '\\$&')}(\\r?\\n)$`), `${openComment}$1`)
  return before + line + text.slice(last.index + last[0].length)
}

function withinBlock(text: string, line: string): string | null {
  const at = text.lastIndexOf(blockEnd)
  if (at < 0 || (at > 0 && text[at - 1] !== '\n')) return null
  const end = lineEndOf(text)
  return `${text.slice(0, at)}${openComment}${end}${line}${end}${end}${text.slice(at)}`
}

function atEnd(text: string, line: string): string {
  const end = lineEndOf(text)
  const before = text === '' || /[\r\n]$/.test(text) ? text : text + end
  return `${before}${end}${openComment}${end}${line}${end}`
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function notesOf(before: string, after: string, settings: Settings): ReadonlyMap<number, string> {
  const old = new Set(before.split(/\r?\n/).map((line) => line.trim()))
  const added = after.split(/\r?\n/).map((line) => line.trim()).filter((line) => line.startsWith('#') && !old.has(line))
  const comments = added.map((line) => [line, line === openComment ? 'Explains the setting below.' : 'No longer used.'] as const)
  return lineNotes(after, { says: (name) => settingText(settings, name), comments: Object.fromEntries(comments) })
}
