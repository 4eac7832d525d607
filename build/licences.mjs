import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './root.mjs'

/**
 * @typedef {{name: string, version: string, licence: string, text: string}} Licence
 * @typedef {{type: string, modules?: Record<string, {renderedLength: number}>}} Output a file that a bundler made
 */

/** What of the bundlers themselves is put into what they make, by the beginning of its modules' names. */
const ownParts = /** @type {const} */ ([['\0rolldown/', 'rolldown'], ['\0vite/', 'vite']])
/** What follows in Vite's text is of what Vite itself is made of, and only a helper of its own goes into a page. */
const bundledWithIt = /^# Licenses of bundled dependencies/m
const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i

/**
 * The folders of the packages of which something went into the files that a bundler made: code of which a part was kept, and styles.
 * @param {Iterable<Output>} outputs
 * @param {Iterable<string>} [styles] modules that end in files without code
 * @returns {string[]} sorted
 */
export function packagesIn(outputs, styles = []) {
  const modules = [...outputs].flatMap(({ modules = {} }) => Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])))
  const folders = [...modules, ...styles].flatMap((id) => packageFolder(id) ?? [])
  return [...new Set(folders)].sort()
}

/**
 * The folder of the package that a module belongs to; null for one of ours.
 * @param {string} id as a bundler names it
 * @returns {string | null}
 */
function packageFolder(id) {
  for (const [prefix, name] of ownParts) if (id.startsWith(prefix)) return inRoot('node_modules', name)
  const file = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/')
  const mark = '/node_modules/'
  const at = file.lastIndexOf(mark)
  if (at < 0) return null
  const [first = '', second = ''] = file.slice(at + mark.length).split('/')
  return file.slice(0, at + mark.length) + (first.startsWith('@') ? `${first}/${second}` : first)
}

/**
 * Name, version, licence and its text of the package in a folder. Fails where the package names none, or brings no text and none is known here.
 * @param {string} folder
 * @returns {Licence}
 */
export function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof license !== 'string') throw new Error(`${name} ${version} names no licence in its package.json.`)
  const files = readdirSync(folder).filter((file) => licenceFile.test(file)).sort()
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').split(bundledWithIt)[0]?.replace(/^\n+|\s+$/g, ''))
  // The LGPL is the GPL with exceptions, and wants that to be given out with it.
  if (license.startsWith('LGPL-3.0')) texts.push(readFileSync(inRoot('build', 'licence-texts', 'gpl-3.0.txt'), 'utf8').trim())
  const text = texts.length > 0 ? texts.join('\n\n') : textKnownHere(name)
  if (text === '') throw new Error(`${name} ${version} brings no text of its licence (${license}): look it up and put it into build/licence-texts/${fileFor(name)}.`)
  return { name, version, licence: license, text }
}

/** The licence texts of packages that state a licence and bring no text lie here. @param {string} name */
function textKnownHere(name) {
  const file = inRoot('build', 'licence-texts', fileFor(name))
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}

/** @param {string} name */
function fileFor(name) {
  return `${name.replace('/', '+')}.txt`
}

/**
 * Writes `licences.json` beside what a bundler made: of every package of which something went into it. A plugin of rolldown and of Vite.
 * @param {{styles?: boolean, copied?: readonly string[]}} [options] `styles`: modules that are styles count as well; `copied`: the folders of packages of which files are laid beside
 */
export function licencesBeside({ styles = false, copied = [] } = {}) {
  return {
    name: 'licences',
    /** @this {{getModuleIds(): Iterable<string>}} @param {{dir?: string}} options @param {Record<string, Output>} bundle */
    writeBundle(options, bundle) {
      const found = packagesIn(Object.values(bundle), styles ? [...this.getModuleIds()].filter((id) => id.endsWith('.css')) : [])
      const licences = new Map([...found, ...copied].map(licenceOf).map((one) => [`${one.name} ${one.version}`, one]))
      writeFileSync(join(options.dir ?? '.', 'licences.json'), `${JSON.stringify([...licences.values()], null, 1)}\n`)
    },
  }
}
