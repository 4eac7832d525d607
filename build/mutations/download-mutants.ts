import { mutantsOf } from './mutant.ts'

const install = { unit: ['engine/download/install.test.ts'] }
const addresses = { unit: ['engine/download/addresses.test.ts'] }

/** What is downloaded is believed by its checksum and its signature alone, and nothing secret goes into what is shown. */
export const downloadMutants = [
  ...mutantsOf(
    'engine/download/proof.ts',
    install,
    ['the checksum of what was downloaded', "!== proof.sha512) throw problem('download_checksum'", "=== 'nothing') throw problem('download_checksum'"],
    ['the signature of what was downloaded', "if (why !== null) throw problem('download_signature'", "if (why === 'nothing') throw problem('download_signature'"],
    ['a download that has a checksum and a signature, or is none', "if (thrown instanceof Problem && thrown.code === 'download_not_there') throw problem('download_unproved', { address: `${shown}${ending}`, what }, { cause: thrown })\n      throw thrown", "return ''"],
  ),
  ...mutantsOf(
    'engine/download/signature.ts',
    { unit: ['engine/download/signature.test.ts', 'engine/download/install.test.ts'] },
    ['the one key', "if (publicKey.getFingerprint().toUpperCase() !== key.fingerprint) throw", 'if (key.fingerprint === "") throw'],
    ['a signature that holds', 'if (verified.some(({ held }) => held)) return null', 'if (verified.length > 0) return null'],
  ),
  ...mutantsOf('engine/download/holding.ts', install, ['the version that was asked for', 'if (found !== version) throw', "if (found === 'nothing') throw"]),
  ...mutantsOf('engine/download/install.ts', install, ['a cache that is no link', "if (isLink) throw refused('it is a link')", '']),
  ...mutantsOf('engine/download/vendor-key.ts', { unit: ['engine/download/vendor-key.test.ts'] }, ["the fingerprint of the vendor's key", '46095ACC8548582C1A2699A9D27D666CD88E42B4', '46095ACC8548582C1A2699A9D27D666CD88E42B5']),
  ...mutantsOf(
    'engine/download/get.ts',
    install,
    ['the way that does not leave https', "if (url.protocol === 'https:' && next.protocol === 'http:') throw", "if (url.protocol === 'nothing:') throw"],
    ['redirects that come to an end', 'if (redirects === mostRedirects) throw', 'if (redirects === 500) throw'],
  ),
  ...mutantsOf('engine/download/fetch-file.ts', install, ['a length that no archive has', 'if (total !== null && total > mostBytes) throw endless()', '']),
  ...mutantsOf(
    'engine/download/addresses.ts',
    addresses,
    ['a mirror without an account', "if (url.username !== '' || url.password !== '') throw", "if (url.username === 'nothing') throw"],
    ['addresses that are shown without an account', "url.username = ''\n  url.password = ''\n", ''],
  ),
]
