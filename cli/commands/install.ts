import type { DownloadWish } from '../../shared/contract/download.ts'
import { problem } from '../../shared/problems/problem.ts'
import { callLine } from '../call-line.ts'
import { defineCommand } from '../command.ts'
import { download } from '../download.ts'
import { outputOptions } from '../options/shared-options.ts'
import { printable } from '../terminal/text.ts'

export const install = defineCommand({
  name: 'install',
  summary: 'download Elasticsearch or Kibana, check it, and unpack it',
  required: [],
  about: [
    'Downloads the archive for this machine from Elastic, checks its SHA-512 and its signature (both, always), and unpacks it to a folder named after its version. Elastic gives it out under the Elastic License 2.0. A download that broke off goes on where it was; Ctrl-C leaves nothing.',
    'It goes by the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, else by that of the system (macOS, Windows), and trusts the authorities of the system, of NODE_EXTRA_CA_CERTS and of --ca. What --file names is checked by the .sha512 and the .asc beside it; what could not be checked is said.',
    'With --json: {product, home, checked}.',
  ],
  options: {
    version: { kind: 'text', value: 'VERSION', help: 'a released version of 8 or 9 (default: the newest)' },
    to: { kind: 'path', value: 'DIR', help: 'the folder that its folder will lie in (default: this one)' },
    kibana: { kind: 'flag', help: 'Kibana in place of Elasticsearch: take the version of your Elasticsearch' },
    mirror: { kind: 'text', value: 'URL', help: 'the address of a mirror, which stands in place of https://artifacts.elastic.co' },
    file: { kind: 'path', value: 'FILE', help: 'an archive that is here already: nothing is downloaded' },
    ca: { kind: 'path', value: 'FILE', help: 'the PEM file of an authority of your company' },
    user: { kind: 'text', value: 'USER', help: 'called by root: the account it will belong to (default: the owner of the folder)' },
    ...outputOptions,
  },
  examples: [
    ['firstnode install', 'the newest Elasticsearch, here'],
    ['firstnode install --version 8.19.2 --to /opt', 'a certain one, to /opt/elasticsearch-8.19.2'],
    ['firstnode install --kibana --version 9.4.3 --to ~/elastic', 'the Kibana that goes with it'],
    ['firstnode install --mirror https://mirror.example.com --ca corp.pem', 'inside a company'],
  ],
  exits: [3, 4],
  looksOnly: false,
  perform: async (values, context) => {
    const { version, mirror, file, ca, user } = values
    const clash = file === undefined ? undefined : version !== undefined ? '--version' : mirror !== undefined ? '--mirror' : ca !== undefined ? '--ca' : undefined
    if (clash !== undefined) throw problem('bad_input', { what: `--file and ${clash} do not go together: a file that is here is not downloaded.`, want: 'Give one of them. See: firstnode install --help' })
    const wish: DownloadWish = {
      product: values.kibana ? 'kibana' : 'elasticsearch',
      into: values.to ?? context.io.cwd,
      ...(version === undefined ? {} : { version }),
      ...(mirror === undefined ? {} : { mirror }),
      ...(file === undefined ? {} : { file }),
      ...(ca === undefined ? {} : { authority: ca }),
      ...(user === undefined ? {} : { user }),
    }
    const { home, checked } = await download(await context.engine(), wish, context)
    const { good, accent, dim, signs } = context.out
    const name = wish.product === 'kibana' ? 'Kibana' : 'Elasticsearch'
    const next = callLine(context.io, wish.product === 'kibana' ? 'kibana' : 'up', { home, ...(user === undefined ? {} : { user }) })
    const page = [`${good(signs.done)} ${name} is in ${printable(home)}`, ...checked.map((sentence) => `  ${dim(printable(sentence))}`), 'Go on with:', `  ${accent(printable(next))}`, '']
    await context.result({ product: wish.product, home, checked }, page.join('\n'))
    return 0
  },
})
