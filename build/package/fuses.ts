import { readFile } from 'node:fs/promises'
import { FuseV1Options, FuseVersion, flipFuses, pathToFuseFile } from '@electron/fuses'

/** What Electron puts before its fuses, in every binary of it. */
export const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** How the fuses of a released Firstnode stand: whoever may start it cannot make a Node, a debugger or another application of it. */
export const releasedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The page comes from app://, never from file://.
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const satisfies Readonly<Record<FuseName, boolean>>

export type FuseName = keyof typeof FuseV1Options

/** name → how it stands; `removed` where this Electron does not know the fuse any more */
export type FuseWire = Readonly<Partial<Record<FuseName, boolean | 'removed'>>>

/**
 * Sets the fuses in Electron's binary (on macOS: in an `.app`, both halves of a universal one) and reads them back.
 * Throws where the binary has no fuses, has one that is not decided on here, or does not read as it was set. `older`: an Electron of tests
 * that lacks the newest of them.
 */
export async function setFuses(binary: string, older = false): Promise<void> {
  if (older) await flipFuses(binary, { version: FuseVersion.V1, ...byNumber(await fusesThere(binary)) })
  else await flipFuses(binary, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...byNumber(names) })
  const wrong = await fusesNotAsReleased(binary, older)
  if (wrong.length > 0) throw new Error(`The fuses were set and do not read so: ${wrong.join(', ')}.`)
}

/**
 * What differs from a released Firstnode, as texts; empty where every fuse of every half stands as it should. `older`: as for `setFuses`.
 */
export async function fusesNotAsReleased(binary: string, older = false): Promise<string[]> {
  const wires = await readFuses(binary)
  const isWrong = (state: FuseWire[FuseName], name: FuseName): boolean => (state === undefined ? !older : state !== releasedFuses[name])
  return wires.flatMap((wire) => names.filter((name) => isWrong(wire[name], name)).map((name) => `${name} is ${said(wire[name])}`))
}

async function fusesThere(binary: string): Promise<FuseName[]> {
  const wires = await readFuses(binary)
  return names.filter((name) => wires.every((wire) => wire[name] !== undefined))
}

/** The fuses as they stand in each half of a binary (a universal one has two): read by our own eyes, not by what set them. Throws where there are none. */
export async function readFuses(binary: string): Promise<FuseWire[]> {
  const bytes = await readFile(pathToFuseFile(binary))
  const wires: FuseWire[] = []
  for (let at = bytes.indexOf(sentinel); at !== -1; at = bytes.indexOf(sentinel, at + 1)) wires.push(wireAt(bytes, at + sentinel.length))
  if (wires.length === 0) throw new Error(`${binary} has no fuses: it is not Electron's binary.`)
  return wires
}

/** After the sentinel: a version, the number of fuses, and one character a fuse. */
function wireAt(bytes: Buffer, at: number): FuseWire {
  if (bytes[at] !== 1) throw new Error(`The fuses are of version ${bytes[at]}, which is not known here.`)
  const wire = bytes.toString('latin1', at + 2, at + 2 + (bytes[at + 1] ?? 0))
  return Object.fromEntries(names.flatMap((name) => {
    const state = states[wire[FuseV1Options[name]] ?? '']
    return state === undefined ? [] : [[name, state]]
  }))
}

const names = Object.keys(releasedFuses) as FuseName[]
const states: Readonly<Record<string, boolean | 'removed'>> = { 0: false, 1: true, r: 'removed' }

function said(state: boolean | 'removed' | undefined): string {
  if (state === undefined) return 'not there'
  return state === 'removed' ? 'removed' : state ? 'on' : 'off'
}

function byNumber(some: readonly FuseName[]): Record<FuseV1Options, boolean> {
  return Object.fromEntries(some.map((name) => [FuseV1Options[name], releasedFuses[name]])) as Record<FuseV1Options, boolean>
}

