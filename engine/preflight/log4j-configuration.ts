import type { Installation } from '../../shared/contract/installation.ts'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { mayAccess } from '../installation/access.ts'
import { readOwned } from '../installation/read-owned.ts'
import { MalformedProperties, readProperties } from './java-properties.ts'

const name = 'log4j2.properties'

/**
 * Why a node would end its start by its logging configuration; null where it would not. Its launcher wants the file to be
 * there, the node reads every file of that name below the config directory (LogConfigurator). What ends the start is what
 * Log4j's builder throws on (PropertiesConfigurationBuilder 2.19 to 2.26): parts without a type or a name. An appender of an
 * unknown type, one that is nowhere defined and a level that is none are complained of, and the node starts.
 * Problems: `log4j_missing`, `log4j_unreadable`, `log4j_malformed`, `log4j_refused`.
 */
export async function loggingProblem(home: Pick<Installation, 'home' | 'config' | 'runAs'>, platform: NodeJS.Platform): Promise<Problem | null> {
  const { config, runAs } = home
  const own = join(config, name)
  if ((await lstat(own).catch(() => null)) === null) return problem('log4j_missing', { path: own })
  const wantsTypes = await isStrict(home.home)
  for (const path of await filesBelow(config)) {
    if (!(await mayAccess(path, runAs, 'r', platform))) return problem('log4j_unreadable', { path })
    const found = await problemIn(path, wantsTypes)
    if (found !== null) return found
  }
  return null
}

/**
 * Log4j 2.26 (of 9.4.3) takes every line with a dot in its name for a part of the configuration, 2.19 (of 8.16.6) only
 * those it knows. Since when is not known: 9 began with the older one.
 */
async function isStrict(home: string): Promise<boolean> {
  const jars = await readdir(join(home, 'lib')).catch(() => [])
  return jars.some((jar) => Number(/^log4j-api-2\.(\d+)\./.exec(jar)?.[1] ?? 0) >= 26)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isDirectory()) return entry.name === '.firstnode' ? [] : filesBelow(join(folder, entry.name))
      return entry.name === name ? [join(folder, name)] : []
    }),
  )
  return found.flat().sort()
}

async function problemIn(path: string, wantsTypes: boolean): Promise<Problem | null> {
  try {
    const fault = faultIn(readProperties(await readOwned(path)), wantsTypes)
    return fault === null ? null : problem('log4j_refused', { path, ...fault })
  } catch (thrown) {
    if (thrown instanceof MalformedProperties) return problem('log4j_malformed', { path, line: thrown.line })
    // What cannot be read here may be read by the node: a link, say.
    return null
  }
}

/** A part of the configuration that lacks what Log4j must know of it, or says there what Log4j cannot take. */
export interface Log4jFault {
  /** the property, missing or wrong: `appender.rolling.policies.type` */
  readonly property: string
  /** what it is set to; null where it is missing */
  readonly value: string | null
}

type Part = ReadonlyMap<string, string>

/** Beginnings of names that every Log4j knows. */
const knownParts = new Set(['property', 'script', 'customLevel', 'filter', 'appender', 'logger', 'rootLogger'])

/** The first part that Log4j's builder would not build; null where it builds all of them. `wantsTypes`: also of parts it does not know. */
export function faultIn(properties: Part, wantsTypes: boolean): Log4jFault | null {
  const wrong = wrongNumber(properties)
  if (wrong !== null) return wrong
  for (const kind of ['script', 'filter', 'appender', 'logger'] as const) {
    const listed = kind === 'script' ? undefined : properties.get(`${kind}s`)
    const parts = listed === undefined ? partsOf(below(properties, kind), kind === 'logger') : new Map(listed.split(',').map((one) => [one.trim(), below(properties, `${kind}.${one.trim()}`)]))
    for (const [key, part] of parts) {
      const fault = key === 'root' && kind === 'logger' ? null : faultOf[kind](`${kind}.${key}`, part)
      if (fault !== null) return fault
    }
  }
  const fault = faultOfLogger('rootLogger', below(properties, 'rootLogger'), 'asyncRoot')
  if (fault !== null || !wantsTypes) return fault
  const untyped = [...partsOf(properties)].find(([key, part]) => !knownParts.has(key) && isEmpty(part.get('type')))
  return untyped === undefined ? null : missing(untyped[0], 'type')
}

const faultOf = {
  script: (path: string, part: Part): Log4jFault | null => (part.has('type') ? null : missing(path, 'type')),
  filter: faultOfComponent,
  appender: (path: string, part: Part): Log4jFault | null => (isEmpty(part.get('name')) ? missing(path, 'name') : faultOfComponent(path, part)),
  logger: (path: string, part: Part): Log4jFault | null => (isEmpty(part.get('name')) ? missing(path, 'name') : faultOfLogger(path, part, 'asyncLogger')),
}

function missing(path: string, name: string): Log4jFault {
  return { property: `${path}.${name}`, value: null }
}

function wrongNumber(properties: Part): Log4jFault | null {
  const levels = [...properties.keys()].filter((key) => key.startsWith('customLevel.'))
  for (const property of ['shutdownTimeout', 'monitorInterval', ...levels]) {
    const value = properties.get(property)
    if (value !== undefined && !/^[+-]?\d+$/.test(value)) return { property, value }
  }
  return null
}

function faultOfComponent(path: string, part: Part): Log4jFault | null {
  if (isEmpty(part.get('type'))) return missing(path, 'type')
  for (const [key, inner] of partsOf(part)) {
    // Filters are components one level below.
    const deeper = key === 'filter' ? partsOf(inner) : new Map([['', inner]])
    for (const [one, component] of deeper) {
      const fault = faultOfComponent([path, key, one].filter((word) => word !== '').join('.'), component)
      if (fault !== null) return fault
    }
  }
  return null
}

function faultOfLogger(path: string, part: Part, typed: string): Log4jFault | null {
  const type = part.get('type')
  if (type !== undefined && type.toLowerCase() !== typed.toLowerCase()) return { property: `${path}.type`, value: type }
  for (const [key, ref] of partsOf(below(part, 'appenderRef'))) {
    const refPath = `${path}.appenderRef.${key}`
    const fault = isEmpty(ref.get('ref')) ? missing(refPath, 'ref') : faultOfFilters(refPath, ref)
    if (fault !== null) return fault
  }
  return faultOfFilters(path, part)
}

function faultOfFilters(path: string, part: Part): Log4jFault | null {
  for (const [key, filter] of partsOf(below(part, 'filter'))) {
    const fault = faultOfComponent(`${path}.filter.${key}`, filter)
    if (fault !== null) return fault
  }
  return null
}

function isEmpty(value: string | undefined): boolean {
  return value === undefined || value === ''
}

/** The properties that begin with `prefix.`, without that. */
function below(properties: Part, prefix: string): Part {
  const start = `${prefix}.`
  return new Map([...properties].flatMap(([key, value]) => (key.startsWith(start) ? [[key.slice(start.length), value] as const] : [])))
}

/** Divided by the first word of their names; what has one word only is no part, but for `alone`. */
function partsOf(properties: Part, alone = false): Map<string, Part> {
  const parts = new Map<string, Map<string, string>>()
  for (const [key, value] of properties) {
    const dot = key.indexOf('.')
    if (dot === -1 && alone) parts.set(key, (parts.get(key) ?? new Map<string, string>()).set('', value))
    if (dot <= 0) continue
    const part = parts.get(key.slice(0, dot)) ?? new Map<string, string>()
    parts.set(key.slice(0, dot), part.set(key.slice(dot + 1), value))
  }
  return parts
}
