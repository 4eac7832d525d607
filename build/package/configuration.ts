import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { dropDefaultApplication, flipAfterPack, flipOlderAfterPack } from './after-pack.ts'
import { entryList, presentation } from './linux/desktop-entry.ts'
import type { Signing } from './signing.ts'

/** What one run of the builder packs. */
export interface Packing {
  /** the staged application (`stage.ts`) */
  readonly application: string
  /** a folder of Electron's binary; null: the builder fetches it, for each processor */
  readonly electron: string | null
  readonly electronVersion: string
  /** file name → SHA-256 of Electron's downloads, as the electron package that npm checked names them */
  readonly electronChecksums: Readonly<Record<string, string>>
  readonly out: string
  /** false: as Electron ships them, for a twin that the tests drive; those there are: of an older Electron, in tests */
  readonly fuses: boolean | 'those there are'
  /** `owner/name` on GitHub, where new versions are looked for; null: this copy looks for none */
  readonly repository: string | null
  readonly signing: Signing
  /** of our own files for the builder */
  readonly resources: string
}

/** The whole configuration of electron-builder: what is made for which system, and how. */
export function configuration(packing: Packing): Configuration {
  const { application, electron, electronVersion, out, fuses, repository, signing, resources } = packing
  return {
    appId: 'org.firstnode.wizard',
    productName: 'Firstnode',
    copyright: 'Copyright the Firstnode authors. Licensed under the Apache License, Version 2.0',
    directories: { app: application, output: out, buildResources: resources },
    files: ['**/*'],
    asar: { smartUnpack: false },
    // A runtime that is linked statically: the builder's own choice needs libfuse2, and switches Chromium's sandbox off in its desktop entry.
    toolsets: { appimage: '1.0.3' },
    // Everything is bundled: no packages are looked for, neither beside the application nor in the checkout.
    beforeBuild: () => Promise.resolve(false),
    electronVersion,
    ...(electron === null ? { electronDownload: { checksums: { ...packing.electronChecksums } } } : { electronDist: electron }),
    // Every sentence of ours is English: the other languages of Chromium's own are 40 MB.
    electronLanguages: ['en-US', 'en'],
    artifactName: 'Firstnode-${version}-${os}-${arch}.${ext}',
    afterExtract: dropDefaultApplication,
    afterPack: fuses === false ? null : fuses === true ? flipAfterPack : flipOlderAfterPack,
    publish: repository === null ? null : { provider: 'github', ...ownerAndName(repository) },
    linux: {
      // The tar.gz and the deb are made of what this packs, by linux/archives.ts.
      target: [{ target: 'AppImage', arch: ['x64', 'arm64'] }],
      executableName: 'firstnode',
      icon: join(resources, 'icons', 'png'),
      // The builder puts these two into the entry for desktops, over what stands in the entry below.
      category: entryList(presentation.categories),
      description: presentation.comment,
      synopsis: 'Setup wizard for a first secured Elasticsearch node',
      vendor: 'The Firstnode authors',
      syncDesktopName: true,
      desktop: {
        entry: {
          Name: presentation.name,
          GenericName: presentation.genericName,
          Keywords: entryList(presentation.keywords),
          StartupNotify: 'true',
        },
      },
    },
    mac: {
      target: [{ target: 'dmg', arch: ['universal'] }, { target: 'zip', arch: ['universal'] }],
      icon: join(resources, 'icons', 'icon.icns'),
      category: 'public.app-category.developer-tools',
      darkModeSupport: true,
      gatekeeperAssess: false,
      entitlements: join(resources, 'entitlements.plist'),
      entitlementsInherit: join(resources, 'entitlements.plist'),
      // An update of an unsigned application cannot be installed: then it carries no address to look for one at.
      ...(signing.apple ? {} : { publish: null }),
      notarize: signing.notarized,
      // Signed ad hoc, the hardened runtime refuses Electron's own framework.
      ...(signing.apple ? { hardenedRuntime: true } : { identity: '-', hardenedRuntime: false }),
    },
    win: {
      target: [{ target: 'nsis', arch: ['x64'] }, { target: 'portable', arch: ['x64'] }],
      icon: join(resources, 'icons', 'icon.ico'),
      executableName: 'Firstnode',
      requestedExecutionLevel: 'asInvoker',
      ...(signing.windows === null ? { signExecutable: false } : signing.windows === 'certificate' ? {} : { azureSignOptions: { ...signing.windows } }),
    },
    nsis: {
      artifactName: 'Firstnode-${version}-${os}-${arch}-setup.${ext}',
      oneClick: true,
      perMachine: false,
      allowElevation: false,
      deleteAppDataOnUninstall: false,
    },
    portable: { artifactName: 'Firstnode-${version}-${os}-${arch}-portable.${ext}', requestExecutionLevel: 'user' },
    forceCodeSigning: false,
  }
}

function ownerAndName(repository: string): { owner: string; repo: string } {
  const [owner, repo, ...more] = repository.split('/')
  if (!owner || !repo || more.length > 0) throw new Error(`"${repository}" is no repository: owner/name is one.`)
  return { owner, repo }
}

/** Who looks after a package, with an address of mail. */
export function maintainer(repository: string | null): string {
  const owner = repository === null ? 'firstnode' : ownerAndName(repository).owner
  return `The Firstnode authors <${owner}@users.noreply.github.com>`
}
