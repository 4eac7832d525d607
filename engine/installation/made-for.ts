import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { problem } from '../../shared/problems/problem.ts'

/** What a program runs on. */
export interface Machine {
  readonly platform: NodeJS.Platform
  readonly processor: string
}

/** Where archives of Elasticsearch and Kibana bring a program of their own: Java, and Node. */
const programs = [
  ['jdk', 'bin', 'java'],
  ['jdk.app', 'Contents', 'Home', 'bin', 'java'],
  ['jdk', 'bin', 'java.exe'],
  ['node', 'default', 'bin', 'node'],
  ['node', 'glibc-217', 'bin', 'node'],
  ['node', 'bin', 'node'],
  ['node', 'default', 'node.exe'],
  ['node', 'node.exe'],
] as const

/** Refuses a home whose own Java or Node is made for another machine; one that brings none suits all. Problem: `archive_other_machine`. */
export async function refuseOtherMachine(home: string, archive: string, here: Machine): Promise<void> {
  for (const parts of programs) {
    const made = await madeFor(join(home, ...parts))
    if (made === null) continue
    if (!runsOn(made, here)) throw problem('archive_other_machine', { archive, made: named(made), here: named(here) })
    return
  }
}

/** What a program is made for, by its first bytes; null where there is none, or one of another kind (a script). */
export async function madeFor(path: string): Promise<Machine | null> {
  const file = await open(path).catch(() => null)
  if (file === null) return null
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return machineIn(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

function machineIn(bytes: Buffer): Machine | null {
  if (bytes.length < 64) return null
  if (bytes.readUInt32BE(0) === 0x7f454c46) return machine('linux', { 62: 'x64', 183: 'arm64' }, bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18))
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return machine('darwin', { 0x01000007: 'x64', 0x0100000c: 'arm64' }, bytes.readUInt32LE(4))
  if (bytes.readUInt16BE(0) !== 0x4d5a) return null
  const header = bytes.readUInt32LE(60)
  return header + 6 <= bytes.length && bytes.readUInt32BE(header) === 0x50450000 ? machine('win32', { 0x8664: 'x64', 0xaa64: 'arm64' }, bytes.readUInt16LE(header + 4)) : null
}

function machine(platform: NodeJS.Platform, processors: Readonly<Record<number, string>>, number: number): Machine {
  return { platform, processor: processors[number] ?? 'unknown' }
}

/** macOS and Windows on ARM run what is made for x86-64 as well. */
function runsOn(made: Machine, here: Machine): boolean {
  if (made.platform !== here.platform) return false
  return made.processor === here.processor || (made.processor === 'x64' && here.processor === 'arm64' && here.platform !== 'linux')
}

function named({ platform, processor }: Machine): string {
  const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
  const processors: Readonly<Record<string, string>> = { x64: 'x86-64', arm64: 'ARM64' }
  return `${systems[platform] ?? platform} on ${processors[processor] ?? 'another processor'}`
}
