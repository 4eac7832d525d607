import { catalogue } from './catalogue.ts'
import { inBytes } from '../sizes.ts'

/** Problems of getting Elasticsearch and Kibana. Addresses in them never hold an account. */
export const downloadProblems = catalogue({
  download_no_build: (known: { platform: string; processor: string }) => ({
    exit: 3,
    message: `Elastic gives out no archive for this machine (${known.platform} on ${known.processor}).`,
    remedy: 'Use a machine with Linux, macOS or Windows on an x86-64 or ARM64 processor.',
  }),
  download_version: (known: { version: string; why: string }) => ({
    exit: 2,
    message: `${known.version} cannot be downloaded: ${known.why}.`,
    remedy: 'Enter a released version of 8 or 9, such as 9.4.3, or leave it empty for the newest.',
    field: 'version',
  }),
  download_address: (known: { address: string; why: string }) => ({
    exit: 2,
    message: `${known.address} is not the address of a mirror: ${known.why}.`,
    remedy: 'Enter the address to use instead of https://artifacts.elastic.co, such as https://mirror.example.com/elastic. If it asks for a password, download the archive with a browser and choose the file.',
    field: 'mirror',
  }),
  download_authority: (known: { file: string; why: string }) => ({
    exit: 3,
    message: `${known.file} does not contain a CA certificate: ${known.why}.`,
    remedy: 'Choose the PEM file that your company provides. It begins with -----BEGIN CERTIFICATE-----.',
    field: 'authority',
  }),
  download_unreachable: (known: { host: string; why: string }) => ({
    exit: 4,
    message: `${known.host} cannot be reached: ${known.why}.`,
    remedy: 'Check your internet connection. Behind a proxy, set HTTPS_PROXY; inside a company, name its mirror; or download the archive elsewhere and name the file.',
  }),
  download_untrusted: (known: { host: string; why: string }) => ({
    exit: 3,
    message: `The certificate of ${known.host} is not trusted: ${known.why}.`,
    remedy: 'Where your company reads HTTPS traffic, name the PEM file of its authority (--ca FILE, or NODE_EXTRA_CA_CERTS). Elsewhere, stop: somebody stands in between.',
  }),
  download_proxy_password: (known: { proxy: string }) => ({
    exit: 3,
    message: `The proxy ${known.proxy} asks for a user and a password.`,
    remedy: 'Set HTTPS_PROXY to http://USER:PASSWORD@HOST:PORT for this one call, or download the archive with a browser and name the file.',
  }),
  download_proxy: (known: { proxy: string; why: string }) => ({
    exit: 4,
    message: `The proxy ${known.proxy} does not let this through: ${known.why}.`,
    remedy: 'See HTTPS_PROXY, or the proxy in the settings of the system. NO_PROXY names hosts that are reached without one.',
  }),
  download_redirect: (known: { address: string; why: string }) => ({
    exit: 3,
    message: `${known.address} was not followed: ${known.why}.`,
    remedy: 'Choose another mirror, or none.',
  }),
  download_not_there: (known: { address: string }) => ({
    exit: 3,
    message: `There is no ${known.address}.`,
    remedy: 'Choose another version: not every one was released for this system. On a mirror, see that it holds this one.',
  }),
  download_refused: (known: { address: string; status: number }) => ({
    exit: 4,
    message: `${known.address} was refused (HTTP ${known.status}).`,
    remedy: known.status === 401 || known.status === 403 || known.status === 451
      ? 'Somebody forbids it: a filter on the way, a mirror that wants a password, or a country. Choose another mirror, or download the archive elsewhere and specify the file.'
      : 'Try again in a while, or name another mirror.',
  }),
  download_web_page: (known: { address: string }) => ({
    exit: 3,
    message: `${known.address} is answered with a web page.`,
    remedy: 'A network that wants a login first does that: open any page in a browser, log in, and try again. A mirror that does it is none. Nothing of that page was kept.',
  }),
  download_no_mirror: (known: { mirror: string; why: string }) => ({
    exit: 3,
    message: `${known.mirror} is not a mirror of Elastic's downloads: ${known.why}.`,
    remedy: 'Enter the address to use instead of https://artifacts.elastic.co. It must contain downloads/elasticsearch/. Nothing was kept.',
    field: 'mirror',
  }),
  download_no_list: (known: { address: string; why: string }) => ({
    exit: 3,
    message: `The list of versions at ${known.address} cannot be used: ${known.why}.`,
    remedy: 'Name the version yourself.',
  }),
  download_unproved: (known: { address: string; what: string }) => ({
    exit: 3,
    message: `There is no ${known.what} at ${known.address}, and nothing is downloaded that cannot be checked.`,
    remedy: 'Name a mirror that holds the .sha512 and the .asc beside each archive, or download the archive yourself and name the file.',
  }),
  download_broken: (known: { name: string; keptBytes: number; why: string }) => ({
    exit: 4,
    message: `The download of ${known.name} broke off again and again: ${known.why}.`,
    remedy: `What has come (${inBytes(known.keptBytes)}) is kept in the cache: begin again, and it goes on from there.`,
  }),
  download_endless: (known: { name: string; bytes: number }) => ({
    exit: 4,
    message: `What comes in place of ${known.name} is longer than ${inBytes(known.bytes)}, as no such archive is. It was removed.`,
    remedy: 'Choose another mirror, or none.',
  }),
  download_checksum: (known: { name: string; removed: boolean }) => ({
    exit: 4,
    message: `${known.name} is not what its SHA-512 says. ${known.removed ? 'It was removed.' : 'Nothing was unpacked.'}`,
    remedy: 'Download it again. If that happens twice, what is downloaded from is broken: use another mirror.',
  }),
  download_signature: (known: { name: string; why: string; removed: boolean }) => ({
    exit: 4,
    message: `${known.name} was not signed by Elastic: ${known.why}. ${known.removed ? 'It was removed.' : 'Nothing was unpacked.'}`,
    remedy: 'Do not use it. Download it from https://www.elastic.co/downloads, or from another mirror.',
  }),
  download_other_version: (known: { name: string; version: string; found: string }) => ({
    exit: 4,
    message: `In ${known.name} lies version ${known.found}, not ${known.version}. It was signed by Elastic, but it is not what was asked for. It was removed.`,
    remedy: 'Choose another mirror, or none: this one mixes up its files, or tries to make you use an older version.',
  }),
  download_checksum_unread: (known: { file: string; why: string }) => ({
    exit: 3,
    message: `${known.file} is no SHA-512 of this archive: ${known.why}.`,
    remedy: 'Download it again beside the archive, or take it away: then the archive is used without it.',
  }),
  download_no_room: (known: { folder: string; freeBytes: number; neededBytes: number; what: string }) => ({
    exit: 3,
    message: `There are ${inBytes(known.freeBytes)} free in ${known.folder}, and ${inBytes(known.neededBytes)} are needed to ${known.what}.`,
    remedy: 'Make room there, or choose another folder (FIRSTNODE_CACHE names the one downloads come to).',
  }),
  download_cache: (known: { folder: string; why: string }) => ({
    exit: 3,
    message: `Nothing can be downloaded to ${known.folder}: ${known.why}.`,
    remedy: 'Set FIRSTNODE_CACHE to another folder.',
  }),
  archive_other_machine: (known: { archive: string; made: string; here: string }) => ({
    exit: 3,
    message: `${known.archive} is made for ${known.made}, and this is ${known.here}.`,
    remedy: `Take the archive for ${known.here}. Nothing was unpacked.`,
  }),
  archive_no_kibana: (known: { archive: string }) => ({
    exit: 3,
    message: `There is no Kibana in ${known.archive}.`,
    remedy: 'Choose the Kibana archive for this system. Nothing was unpacked.',
  }),
})
