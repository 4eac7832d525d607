import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Installation } from '../../shared/contract/installation.ts'
import { problem, type Problem } from '../../shared/problems/problem.ts'
import { readOwned } from '../installation/read-owned.ts'
import { MalformedProperties, readProperties } from './java-properties.ts'

export interface InstalledPlugins {
  readonly names: readonly string[]
  /** why the node would not start with them, in the order in which it would say so */
  readonly problems: readonly Problem[]
}

type Home = Pick<Installation, 'home' | 'version' | 'java'>

/**
 * The plugins of a home as a starting node judges them (PluginsUtils, PluginDescriptor, JarHell of 8.16.6 and 9.4.3): every
 * entry of `plugins` must be a plugin, whole, made for this very version and for this Java. Problems: `plugin_…`.
 */
export async function readPlugins({ home, version, java }: Home, platform: NodeJS.Platform): Promise<InstalledPlugins> {
  const folder = join(home, 'plugins')
  const entries = (await readdir(folder).catch(() => [])).sort((a, b) => (a < b ? -1 : 1))
  const removing = entries.find((name) => name.startsWith('.removing-'))
  const problems: Problem[] = []
  if (removing !== undefined) problems.push(problem('plugin_removal_unfinished', { path: join(folder, removing), name: removing.slice('.removing-'.length) }))
  const found: Plugin[] = []
  for (const entry of entries.filter((name) => !isPassedOver(name, platform))) {
    const read = await readPlugin(join(folder, entry))
    if ('name' in read) found.push(read)
    else problems.push(read.problem)
  }
  const modules = await readdir(join(home, 'modules')).catch(() => [])
  problems.push(...found.flatMap((plugin) => unfit(plugin, { found, modules, version, java: java?.version ?? null }) ?? []))
  return { names: found.map(({ name }) => name), problems }
}

interface Plugin {
  readonly path: string
  readonly name: string
  readonly isStable: boolean
  readonly madeFor: string
  readonly java: string
  readonly extends: readonly string[]
  readonly hasJar: boolean
}

function isPassedOver(name: string, platform: NodeJS.Platform): boolean {
  return name.startsWith('.removing-') || name === '.elasticsearch-plugins.yml.cache' || (platform === 'darwin' && name === '.DS_Store')
}

const descriptors = { classic: 'plugin-descriptor.properties', stable: 'stable-plugin-descriptor.properties' } as const

async function readPlugin(path: string): Promise<Plugin | { problem: Problem }> {
  const [classic, stable] = await Promise.all([read(join(path, descriptors.classic)), read(join(path, descriptors.stable))])
  if (classic !== null && stable !== null) return broken(path, `it has both ${descriptors.classic} and ${descriptors.stable}`)
  const bytes = classic ?? stable
  if (bytes === null) return { problem: problem('plugin_not_one', { path, isFolder: await isFolder(path) }) }
  if (bytes === 'unreadable') return broken(path, `its ${classic === null ? descriptors.stable : descriptors.classic} cannot be read`)
  try {
    return pluginOf(path, readProperties(bytes), stable !== null, (await readdir(path)).some((name) => name.endsWith('.jar')))
  } catch (thrown) {
    if (thrown instanceof MalformedProperties) return broken(path, `its descriptor is malformed in line ${thrown.line}`)
    throw thrown
  }
}

const always = ['name', 'description', 'version', 'elasticsearch.version', 'java.version']
const known = {
  classic: [...always, 'extended.plugins', 'has.native.controller', 'classname', 'modulename', 'licensed', 'deployment.target', 'type', 'java.opts'],
  stable: [...always, 'modular'],
}

function pluginOf(path: string, properties: Map<string, string>, isStable: boolean, hasJar: boolean): Plugin | { problem: Problem } {
  const missing = [...always, ...(isStable ? [] : ['classname'])].find((name) => (properties.get(name) ?? '').trim() === '')
  if (missing !== undefined) return broken(path, `its descriptor does not set ${missing}`)
  const strange = [...properties.keys()].filter((name) => !known[isStable ? 'stable' : 'classic'].includes(name))
  if (strange.length > 0) return broken(path, `its descriptor sets ${strange.join(', ')}, which Elasticsearch does not know`)
  const flag = ['has.native.controller', 'licensed'].find((name) => !/^(?:true|false|)$/.test(properties.get(name) ?? ''))
  if (flag !== undefined) return broken(path, `its descriptor sets ${flag} to something other than true or false`)
  return {
    path,
    name: properties.get('name') ?? '',
    isStable,
    madeFor: properties.get('elasticsearch.version') ?? '',
    java: properties.get('java.version') ?? '',
    extends: (properties.get('extended.plugins') ?? '').split(',').filter((name) => name !== ''),
    hasJar,
  }
}

interface Here {
  readonly found: readonly Plugin[]
  readonly modules: readonly string[]
  readonly version: string
  readonly java: string | null
}

function unfit(plugin: Plugin, here: Here): Problem | null {
  const { name, path, madeFor, java, hasJar } = plugin
  const same = here.found.filter((one) => one.name === name)
  if (same.length > 1) return problem('plugin_twice', { name, paths: same.map((one) => one.path) })
  const missing = plugin.extends.find((one) => !here.modules.includes(one) && !here.found.some((other) => other.name === one))
  if (missing !== undefined) return problem('plugin_dependency', { name, path, missing })
  const needs = featureOf(java)
  if (needs === null) return broken(path, `its descriptor sets java.version to ${java}`).problem
  const runs = here.java === null ? null : featureOf(here.java)
  if (runs !== null && needs > runs) return problem('plugin_other_java', { name, path, needs, java: here.java ?? '' })
  if (!isMadeFor(plugin, here.version)) return problem('plugin_other_version', { name, path, madeFor, version: here.version })
  return hasJar ? null : broken(path, 'it contains no .jar file').problem
}

/** A classic plugin is for one version alone, a stable one for its major from its own version on. */
function isMadeFor({ isStable, madeFor }: Plugin, version: string): boolean {
  if (!isStable) return madeFor === version
  const [wanted, here] = [partsOf(madeFor), partsOf(version)]
  if (wanted === null || here === null || wanted[0] !== here[0]) return false
  return wanted[1] < here[1] || (wanted[1] === here[1] && wanted[2] <= here[2])
}

function partsOf(version: string): [number, number, number] | null {
  const match = /^(\d+)\.(\d+)\.(\d+)$/.exec(version)
  return match === null ? null : [Number(match[1]), Number(match[2]), Number(match[3])]
}

/** The first number of a version of Java, as `Runtime.Version.parse` reads it (`1.8` is 1, and runs everywhere). */
function featureOf(version: string): number | null {
  const match = /^(\d+)(?:[.+\-_]|$)/.exec(version)
  return match === null ? null : Number(match[1])
}

function broken(path: string, what: string): { problem: Problem } {
  return { problem: problem('plugin_broken', { path, what }) }
}

async function read(path: string): Promise<Buffer | 'unreadable' | null> {
  try {
    return await readOwned(path)
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : 'unreadable'
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false)
}
