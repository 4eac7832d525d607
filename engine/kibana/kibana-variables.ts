import type { Environment } from '../preflight/placeholders.ts'
import type { KibanaSettings } from './kibana-settings.ts'

/** A variable that a setting refers to and that is not set. */
export interface MissingVariable {
  readonly setting: string
  readonly variable: string
}

export interface ResolvedSettings {
  readonly settings: KibanaSettings
  /** what Kibana would end with; such references stay in the settings as they are */
  readonly missing: readonly MissingVariable[]
}

/** `${NAME}` and `${NAME:default}`, anywhere in a text (kbn-config, `replaceEnvVarRefs`). */
const reference = /\$\{(\w+)(?::(\w+))?\}/g

/** Settings with the variables of the environment in their texts, also in lists, as Kibana's own loader replaces them. */
export function resolveVariables(
  settings: KibanaSettings,
  env: Environment,
  platform: NodeJS.Platform = process.platform,
): ResolvedSettings {
  const missing: MissingVariable[] = []
  const values = platform === 'win32' ? upperCased(env) : env
  const inText = (setting: string, text: string): string =>
    text.replace(reference, (whole, variable: string, otherwise: string | undefined) => {
      const name = platform === 'win32' ? variable.toUpperCase() : variable
      const value = (Object.hasOwn(values, name) ? values[name] : undefined) ?? otherwise
      if (value === undefined) missing.push({ setting, variable })
      return value ?? whole
    })
  const resolved = (setting: string, value: unknown): unknown => {
    if (typeof value === 'string') return inText(setting, value)
    if (Array.isArray(value)) return value.map((one) => resolved(setting, one))
    if (Object.prototype.toString.call(value) !== '[object Object]') return value
    return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, resolved(setting, inner)]))
  }
  const entries = Object.entries(settings).map(([name, value]) => [name, resolved(name, value)])
  return { settings: Object.fromEntries(entries) as KibanaSettings, missing }
}

/** The names of the variables that a text may refer to. */
export function variablesIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(reference), ([, name = '']) => name))
}

function upperCased(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]))
}
