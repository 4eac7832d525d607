import { execFile } from 'node:child_process'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Debian's package for each library. Where the change to 64-bit times renamed one, the new name comes first: another
 * package, which is not ALSA's, also provides the old name libasound2.
 */
const packageOf: Readonly<Record<string, string>> = {
  'libX11.so.6': 'libx11-6',
  'libX11-xcb.so.1': 'libx11-xcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXcursor.so.1': 'libxcursor1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXi.so.6': 'libxi6',
  'libXrandr.so.2': 'libxrandr2',
  'libXrender.so.1': 'libxrender1',
  'libXtst.so.6': 'libxtst6',
  'libasound.so.2': 'libasound2t64 | libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0t64 | libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0t64 | libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2t64 | libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgcc_s.so.1': 'libgcc-s1',
  'libgdk_pixbuf-2.0.so.0': 'libgdk-pixbuf-2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0t64 | libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0t64 | libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0t64 | libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0t64 | libgtk-3-0',
  'libnotify.so.4': 'libnotify4',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
}

/** Parts of the C library, which is asked for by its version instead. */
const ofTheCLibrary = /^(lib(c|m|dl|pthread|rt|resolv)\.so\.\d|ld-linux.*\.so\.\d)$/

/** What is loaded at run time only: windows, notifications, devices. */
const loadedLater = ['libgtk-3.so.0', 'libnotify.so.4', 'libudev.so.1'].map((library) => packageOf[library] ?? '')
/** Opens links and folders. */
const programs = ['xdg-utils']
/** Every desktop has these; without them pages are drawn more slowly and cookies are stored in clear. */
export const recommends = 'libegl1, libgl1, libsecret-1-0'

/** The libraries that programs need and do not bring along, and the version of the C library that they need. */
export interface Needs {
  readonly libraries: readonly string[]
  readonly cLibrary: string
}

/** The `Depends` of a package with these needs. Throws where the package of a library is not in the list above. */
export function depends({ libraries, cLibrary }: Needs): string {
  const unknown = libraries.filter((library) => packageOf[library] === undefined)
  if (unknown.length > 0) {
    throw new Error(`No Debian package is known for ${unknown.join(', ')}: add it to build/package/linux/depends.ts.`)
  }
  const packages = libraries.map((library) => packageOf[library] ?? '')
  return [...new Set([`libc6 (>= ${cLibrary})`, ...packages, ...loadedLater, ...programs])].sort().join(', ')
}

/** Asks binutils what the programs and libraries in `folder` need; they may be of another processor. */
export async function needsOf(folder: string): Promise<Needs> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  const binaries: string[] = []
  for (const name of names) if (await isElf(join(folder, name))) binaries.push(name)
  if (binaries.length === 0) throw new Error(`There is no program in ${folder}.`)
  const words = ['--wide', '--dynamic', '--version-info', ...binaries]
  const { stdout } = await execute('readelf', words, { cwd: folder, maxBuffer: 256 * 1024 * 1024 })
  return readNeeds(stdout, new Set(names))
}

/** Reads what `readelf --dynamic --version-info` says; `here` are the files that come along. */
export function readNeeds(said: string, here: ReadonlySet<string>): Needs {
  const needed = [...said.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, name]) => name ?? '')
  const libraries = [...new Set(needed)].filter((name) => !here.has(name) && !ofTheCLibrary.test(name)).sort()
  const minors = [...said.matchAll(/Name: GLIBC_2\.(\d+)/g)].map(([, minor]) => Number(minor))
  if (minors.length === 0) throw new Error('readelf names no version of the C library.')
  return { libraries, cLibrary: `2.${Math.max(...minors)}` }
}

async function isElf(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0)
    return buffer.equals(Buffer.from('\x7fELF', 'latin1'))
  } finally {
    await file.close()
  }
}
