import { join } from 'node:path'
import type { Configuration, TargetConfiguration } from 'electron-builder'
import { dropDefaultApplication, flipAfterPack, flipOlderAfterPack } from './after-pack.ts'
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
      target: ['AppImage', 'tar.gz', 'deb'].map((target): TargetConfiguration => ({ target, arch: ['x64', 'arm64'] })),
      executableName: 'firstnode',
      icon: join(resources, 'icons', 'png'),
      // The builder puts these two into the entry for desktops, over what stands in the entry below.
      category: 'Development;Database;',
      description: 'Set up a first Elasticsearch node with TLS and passwords',
      synopsis: 'Setup wizard for a first secured Elasticsearch node',
      maintainer: `The Firstnode authors <${maintainer(repository)}>`,
      vendor: 'The Firstnode authors',
      syncDesktopName: true,
      desktop: {
        entry: {
          Name: 'Firstnode',
          GenericName: 'Elasticsearch setup wizard',
          Keywords: 'elasticsearch;elastic;kibana;search;database;setup;wizard;node;tls;',
          StartupNotify: 'true',
        },
      },
    },
    // A package manager brings new versions of what it installed.
    deb: { publish: null, packageCategory: 'database', priority: 'optional' },
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

function maintainer(repository: string | null): string {
  return repository === null ? 'nobody@localhost' : `${ownerAndName(repository).owner}@users.noreply.github.com`
}
