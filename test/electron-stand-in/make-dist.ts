import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'rolldown'
import { nodeExecutable } from '../../build/node-runtime.mjs'
import { inRoot } from '../../build/root.mjs'

const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron's fuses as its own binary comes: version 1 of the wire, nine of them, those that are on. */
const fuses = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, 9]), Buffer.from('101100011')])

/**
 * Writes a folder that electron-builder takes for `electronDist`: the stand-in bundled so that it stands on its own, beside what a
 * real one has. The executable carries a fuse wire: fuses can be flipped, read back, and the first ones are obeyed.
 */
export async function makeDist(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  for (const name of ['resources', 'locales', 'stand-in']) await mkdir(join(folder, name), { recursive: true })
  await build({
    cwd: inRoot(),
    input: Object.fromEntries(['run', 'register', 'electron-module'].map((name) => [name, inRoot('test', 'electron-stand-in', `${name}.ts`)])),
    platform: 'node',
    logLevel: 'warn',
    output: { dir: join(folder, 'stand-in'), format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  })
  await writeFile(join(folder, 'stand-in', 'package.json'), '{"type":"module"}\n')
  const script = await readFile(inRoot('test', 'electron-stand-in', 'electron'), 'utf8')
  const own = script
    .replace('node=${STAND_IN_NODE:-}', `node=\${STAND_IN_NODE:-${quoted(nodeExecutable())}}`)
    .replaceAll(/"\$here\/(register|run)\.ts"/g, '"$here/stand-in/$1.js"')
  await writeFile(join(folder, 'electron'), Buffer.concat([Buffer.from(`${own}exit\n`), fuses, Buffer.from('\n')]))
  await chmod(join(folder, 'electron'), 0o755)
  const { version } = JSON.parse(await readFile(inRoot('node_modules', 'electron', 'package.json'), 'utf8')) as { version: string }
  await writeFile(join(folder, 'version'), version)
  await writeFile(join(folder, 'locales', 'en-US.pak'), 'The stand-in for Electron has no locales.\n')
  await copyFile(inRoot('node_modules', 'electron', 'LICENSE'), join(folder, 'LICENSE'))
  await writeFile(join(folder, 'LICENSES.chromium.html'), '<!doctype html><title>Stand-in</title><p>The stand-in for Electron holds no Chromium.</p>\n')
  if ((await readdir(join(folder, 'stand-in'))).length < 4) throw new Error(`The stand-in was not bundled into ${folder}.`)
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`)}'`
}

if (import.meta.main) {
  const folder = process.argv[2]
  if (folder === undefined) throw new Error('make-dist.ts FOLDER')
  await makeDist(folder)
}
