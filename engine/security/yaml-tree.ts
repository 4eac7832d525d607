import { substituteEnvironment, variableNames } from '../preflight/placeholders.ts'
import { beginYaml, nextDocument, type YamlMap } from '../yaml/parser.ts'
import { YamlError } from '../yaml/yaml-error.ts'

/**
 * The map that a YAML text consists of, read as Elasticsearch reads it, with where everything in it is; null where it is no map, is
 * more than one document, or cannot be read.
 */
export function readYamlMap(text: string): YamlMap | null {
  try {
    const yaml = beginYaml(masked(text))
    const root = nextDocument(yaml)
    return root?.kind === 'map' && nextDocument(yaml) === null ? root : null
  } catch (thrown) {
    if (thrown instanceof YamlError) return null
    throw thrown
  }
}

/** Placeholders are replaced before YAML is read; within brackets their braces would be read as a map. */
function masked(text: string): string {
  const masks = Array.from(variableNames(text), (name) => [name, 'x'.repeat(name.length + '${}'.length)] as const)
  return substituteEnvironment(text, Object.fromEntries(masks))
}
