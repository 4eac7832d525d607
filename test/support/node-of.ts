import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { inRoot } from '../../build/root.mjs'
import { cacheFolder } from '../../engine/installation/practice-cache.ts'
import { personsEnvironment } from './checkout-copy.ts'

const execute = promisify(execFile)
const windows = process.platform === 'win32'
const executable = windows ? 'node.exe' : 'node'
const packageName = `node-${windows ? 'win' : process.platform}-${process.arch}`

/**
 * An executable of Node `version`, whole (`20.12.0`) or a major (`24`): one of this machine or this checkout, else that of npm's package of it, installed once
 * beside the practice copies. Fails with a sentence where there is none and none can be had.
 */
export async function nodeOf(version: string): Promise<string> {
  const installed = join(cacheFolder(), 'nodes', version)
  const places = [process.execPath, ...onPath(), binaryIn(inRoot()), binaryIn(installed)]
  for (const place of places) if (await isOf(place, version)) return place
  await install(version, installed)
  if (await isOf(binaryIn(installed), version)) return binaryIn(installed)
  throw new Error(`npm's ${packageName}@${version} holds no Node ${version} that runs here.`)
}

async function isOf(node: string, version: string): Promise<boolean> {
  if (!existsSync(node)) return false
  const said = await execute(node, ['--version']).then(({ stdout }) => stdout.trim(), () => '')
  return said === `v${version}` || said.startsWith(`v${version}.`)
}

function onPath(): string[] {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '').map((folder) => join(folder, executable))
}

function binaryIn(folder: string): string {
  return join(folder, 'node_modules', packageName, 'bin', executable)
}

async function install(version: string, folder: string): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true })
  const making = await mkdtemp(`${folder}-`)
  try {
    await chmod(making, 0o755)
    const words = ['install', '--prefix', making, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', `${packageName}@${version}`]
    await execute('npm', words, { cwd: making, env: personsEnvironment, shell: windows })
    await rm(folder, { recursive: true, force: true })
    await rename(making, folder)
  } catch (cause) {
    throw new Error(`This test needs Node ${version}, which is not on this machine, and npm could not install ${packageName}@${version}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}
