import { mutantsOf } from './mutant.ts'

const fuses = { unit: ['build/package/fuses.test.ts'] }

/** What makes of a build one that can be given away. */
export const packagingMutants = [
  ...mutantsOf(
    'build/package/fuses.ts',
    fuses,
    ['a binary that makes no Node', 'RunAsNode: false', 'RunAsNode: true'],
    ['cookies that are not in clear', 'EnableCookieEncryption: true', 'EnableCookieEncryption: false'],
    ['an environment without options for Node', 'EnableNodeOptionsEnvironmentVariable: false', 'EnableNodeOptionsEnvironmentVariable: true'],
    ['arguments without a debugger', 'EnableNodeCliInspectArguments: false', 'EnableNodeCliInspectArguments: true'],
    ['the integrity of the asar', 'EnableEmbeddedAsarIntegrityValidation: true', 'EnableEmbeddedAsarIntegrityValidation: false'],
    ['the asar as the only application', 'OnlyLoadAppFromAsar: true', 'OnlyLoadAppFromAsar: false'],
    ['one snapshot of V8', 'LoadBrowserProcessSpecificV8Snapshot: false', 'LoadBrowserProcessSpecificV8Snapshot: true'],
    ['files without privileges', 'GrantFileProtocolExtraPrivileges: false', 'GrantFileProtocolExtraPrivileges: true'],
    ['the traps of WebAssembly', 'WasmTrapHandlers: true', 'WasmTrapHandlers: false'],
    ['the refusal of a fuse that nobody decided on', 'strictlyRequireAllFuses: true, ', ''],
    ['a fuse that was forgotten seen', 'state !== releasedFuses[name]', 'false'],
  ),
  ...mutantsOf(
    'build/package/configuration.ts',
    { unit: ['build/package/configuration.test.ts'] },
    ['the fuses of what is packed', 'fuses === true ? flipAfterPack : flipOlderAfterPack', 'null'],
    ['the page of Electron taken out', 'afterExtract: dropDefaultApplication,', ''],
    ['sums of what is fetched', '{ electronDownload: { checksums: { ...packing.electronChecksums } } }', '{}'],
  ),
]
