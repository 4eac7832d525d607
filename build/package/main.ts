// npm run package: packs the desktop application. Words: nothing (twin, folder, then archives), twin, folder, archives, sbom, release, check, start FILE.
import { createRequire } from 'node:module'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'electron-builder'
import { ensureBuilt } from '../build.mjs'
import { endWithReason } from '../end-with.mjs'
import { inRoot } from '../root.mjs'
import { checkPacked, startOnDesktop } from './check.ts'
import { configuration, maintainer } from './configuration.ts'
import { electronDist } from './electron-dist.ts'
import { makeArchives, timeOfRelease } from './linux/archives.ts'
import type { Compression } from './linux/deb.ts'
import { packedIn } from './packed.ts'
import { sbom } from './sbom.ts'
import { dropEmpty, signingOf } from './signing.ts'
import { stageApplication } from './stage.ts'

/** What is made, and where. The twin is what the tests drive: Playwright cannot start a binary whose inspect fuse is off. */
const wishes = {
  folder: { out: inRoot('dist', 'package'), everyTarget: false, fuses: true },
  twin: { out: inRoot('dist', 'twin'), everyTarget: false, fuses: false },
  release: { out: inRoot('dist', 'package'), everyTarget: true, fuses: true },
} as const
type Wish = keyof typeof wishes

const say = (line: string) => void process.stdout.write(`${line}\n`)
const word = process.argv[2]
if (word === undefined) await endWithReason(packAll())
else if (word === 'archives') await endWithReason(archive(wishes.folder.out, 'small'))
else if (word === 'sbom') await endWithReason(list(wishes.folder.out))
else if (word === 'check') await endWithReason(electronDist(inRoot()).then(({ pinned }) => checkPacked(wishes.release.out, wishes.twin.out, say, { older: !pinned })))
else if (word === 'start') say(`It starts: "${await endWithReason(startOnDesktop(process.argv[3] ?? ''))}"`)
else if (word in wishes) await endWithReason(pack(word as Wish))
else await endWithReason(Promise.reject(new Error(`"${word}" cannot be packed: ${Object.keys(wishes).join(', ')}, archives, sbom, check and start FILE can be asked for.`)))

/** Everything that this machine can make: on Linux a tar.gz and a deb as well. */
async function packAll(): Promise<void> {
  await pack('twin')
  await pack('folder')
  if (process.platform === 'linux') await archive(wishes.folder.out, 'quick')
}

async function archive(out: string, compression: Compression): Promise<void> {
  const repository = process.env.GITHUB_REPOSITORY || null
  const made = await makeArchives({ out, checkout: inRoot(), repository, maintainer: maintainer(repository), compression })
  if (made.length === 0) throw new Error(`Nothing is packed for Linux in ${out}: npm run package -- folder`)
  for (const file of made) say(`Packed: ${file}`)
}

/** Lists what is in the application, for those who look for known faults in it. */
async function list(out: string): Promise<void> {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }
  const file = join(out, `Firstnode-${version}.cdx.json`)
  await writeFile(file, await sbom({ checkout: inRoot(), electron: pinnedElectron(), released: await timeOfRelease(inRoot()) }))
  say(`Listed: ${file}`)
}

function pinnedElectron(): string {
  return (createRequire(import.meta.url)('electron/package.json') as { version: string }).version
}

async function pack(wish: Wish): Promise<void> {
  const { out, everyTarget, fuses } = wishes[wish]
  const repository = process.env.GITHUB_REPOSITORY || null
  if (everyTarget && repository === null) throw new Error('A release looks for new versions on GitHub: GITHUB_REPOSITORY must name it (owner/name).')
  dropEmpty(process.env)
  const signing = signingOf(everyTarget ? process.env : {})
  // A release is fetched for every processor by the builder, checked against the sums that came with npm's package.
  const electron = everyTarget ? null : await electronDist(inRoot(), { say })
  if (electron?.pinned === false) say(`Packed with Electron ${electron.version}, which is older than the pinned one: for tests, not for people.`)
  if (electron?.pinned === false) await ensureBuilt(['electron-commonjs'])
  const application = inRoot('dist', 'application')
  await stageApplication({ checkout: inRoot(), into: application, repository, commonJs: electron?.pinned === false })
  await rm(out, { recursive: true, force: true })
  const require = createRequire(import.meta.url)
  await build({
    projectDir: inRoot(),
    ...(everyTarget ? {} : { dir: true }),
    publish: 'never',
    config: configuration({
      application,
      electron: electron?.folder ?? null,
      electronVersion: electron?.version ?? pinnedElectron(),
      electronChecksums: require('electron/checksums.json') as Record<string, string>,
      out,
      fuses: fuses && electron?.pinned === false ? 'those there are' : fuses,
      repository: everyTarget ? repository : null,
      signing,
      resources: inRoot('build', 'package'),
    }),
  })
  for (const { folder } of packedIn(out)) say(`Packed: ${folder}`)
  if (!everyTarget || process.platform !== 'linux') return
  await archive(out, 'small')
  await list(out)
}
