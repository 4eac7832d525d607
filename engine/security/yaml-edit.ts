import type { YamlMap, YamlNode } from '../yaml/parser.ts'
import { readYamlMap } from './yaml-tree.ts'

/**
 * `text` with the value of the setting `key` replaced by `value` (YAML), all else left as it is: flat, nested or half-nested names.
 * Null where the value cannot be replaced alone (a list over several lines, an alias, a text that runs over lines) or `key` is not there.
 */
export function replaceYamlValue(text: string, key: string, value: string): string | null {
  const root = readYamlMap(text)
  if (root === null) return null
  const values = valuesOf(root, '', key)
  if (values.length === 0 || values.some((node) => !isReplaceable(text, node))) return null
  return values.toSorted((one, other) => other.start - one.start).reduce((edited, { start, end }) => edited.slice(0, start) + value + edited.slice(end), text)
}

function valuesOf(map: YamlMap, prefix: string, key: string): YamlNode[] {
  return map.entries.flatMap(({ name, value }) => {
    const path = prefix + name
    if (value.kind === 'map') return valuesOf(value, `${path}.`, key)
    return path === key ? [value] : []
  })
}

function isReplaceable(text: string, node: YamlNode): boolean {
  if (node.marked || text.slice(node.start, node.end).includes('\n')) return false
  return node.kind === 'text' ? node.style === 'plain' || node.style === 'quoted' : node.kind === 'list' && node.flow
}
