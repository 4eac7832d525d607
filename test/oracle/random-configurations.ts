import type { Configuration } from './configurations.ts'
import type { OracleHome } from './home.ts'

type Step = (home: OracleHome) => Promise<void>

/** A source of numbers from 0 up to 1 that gives the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Configurations that nobody thought of: settings in random spelling, together with files, folders and modes. */
export function randomConfigurations(count: number, seed: number): readonly Configuration[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, index) => invent(`random ${seed}/${index}`, random))
}

function invent(name: string, random: () => number): Configuration {
  const env: Record<string, string> = {}
  const writer = { random, env, pick: <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T }
  const lines = Array.from({ length: Math.floor(random() * 4) }, () => writeSetting(writer, writer.pick(settings)))
  const text = dress(writer, lines)
  const [step, said, fails] = random() < 0.3 ? writer.pick(steps) : nothing
  const leaveFile = text === '' && random() < 0.5
  return {
    name: `${name}: ${JSON.stringify(text)}, ${said}${Object.keys(env).length > 0 ? `, ${JSON.stringify(env)}` : ''}`,
    env,
    // An unknown type, or single-node beside initial master nodes: the node dies of it.
    // A file that the settings name, and that is not there, ends the start after stock has skipped.
    foreseenBy: ['discovery', 'tls-files'],
    ...(fails === undefined ? {} : { fails }),
    prepare: async (home) => {
      if (!leaveFile) await home.settings(text)
      await step(home)
    },
  }
}

interface Writer {
  readonly random: () => number
  readonly env: Record<string, string>
  readonly pick: <T>(from: readonly T[]) => T
}

type Value = string | readonly string[]

/** Harmless ones stand several times: else hardly anything would be ready. */
const harmless: readonly (readonly [string, readonly Value[]])[] = [
  ['node.name', ['one', 'node-1', '17', 'a b', 'yes', 'oracle']],
  ['cluster.name', ['mine', 'on', '0x1F', 'two words']],
  ['node.attr.rack', ['r1', '~1', 'null1', '1_000']],
  ['http.port', ['9201', '9200-9300']],
  ['network.host', ['_local_', '0.0.0.0', ['_local_', '_site_']]],
  ['cluster.initial_master_nodes', [['one'], 'oracle', [], '${node.name}']],
  ['discovery.type', ['single-node', 'multi-node']],
  ['node.roles', [['master', 'data'], 'master, data', 'data_content,master', '']],
  ['xpack.security.enrollment.enabled', ['true', 'false']],
  ['xpack.security.autoconfiguration.enabled', ['true', 'on', 'Yes', '']],
  ['path.logs', ['logs', '${path.home}/logs']],
]

const settings: readonly (readonly [string, readonly Value[]])[] = [
  ...harmless,
  ...harmless,
  ['xpack.security.enabled', ['true', 'false', 'off', '']],
  ['xpack.security.autoconfiguration.enabled', ['false', 'No', 'OFF', 'maybe']],
  ['xpack.security.enrollment.enabled', ['no', 'perhaps']],
  ['xpack.security.http.ssl.enabled', ['true', 'false', '']],
  ['xpack.security.transport.ssl.keystore.path', ['certs/t.p12', '']],
  ['discovery.type', ['Single-Node', 'zen', ['single-node']]],
  ['discovery.seed_hosts', [['a', 'b'], 'a', 'a, b', [], '', ',', ['']]],
  ['discovery.seed_providers', ['file', []]],
  ['cluster.initial_master_nodes', [['two'], 'one,two', ['one', 'one'], 'ONE', '']],
  ['node.roles', [[], ['master'], ['data'], 'voting_only,master,data', 'chief', 'master,chief', ['ingest']]],
  ['path.data', ['other', ['other', 'data'], 'data,other']],
]

type Deed = readonly [step: Step, said: string, fails?: string]

/** The target is written as well: the homes that we and stock are asked about hold different files else. */
function linked(text: string): Step {
  return async (home) => {
    await home.file('config/target', text)
    await home.link('config/elasticsearch.yml', 'config/target')
  }
}

const nothing: Deed = [async () => {}, 'nothing else']

const steps: readonly Deed[] = [
  [(home) => home.folder('data'), 'an empty data folder'],
  [(home) => home.file('data/x'), 'something in data'],
  [(home) => home.file('other/x'), 'something in other'],
  [(home) => home.file('config/certs', 'x'), 'a file named certs'],
  [(home) => home.file('config/certs/x'), 'a folder named certs'],
  [(home) => home.keystore('plain'), 'a keystore'],
  [(home) => home.keystore('bootstrap-password'), 'a keystore with bootstrap.password'],
  [(home) => home.keystore('http-password'), 'a keystore with the password of http.p12', 'TLS is not enabled, but a password for it is there'],
  [(home) => home.keystore('plain', (bytes) => bytes.subarray(0, 50)), 'a torn keystore'],
  [(home) => home.mode('config', 0o500), 'configuration that may not be written'],
  [(home) => home.mode('config/elasticsearch.yml', 0o000), 'settings that may not be read'],
  [(home) => home.mode('config/elasticsearch.yml', 0o400), 'settings that may not be written'],
  [(home) => home.remove('config/elasticsearch.yml'), 'no settings file'],
  [linked('node.name: linked\n'), 'a link as settings file'],
  [linked('-Xms1g\n-Xmx1g\n'), 'a link to what is no YAML as settings file'],
]

function writeSetting(writer: Writer, [name, values]: readonly [string, readonly Value[]]): string {
  const value = writer.pick(values)
  if (typeof value === 'object') return writeList(writer, name, value)
  return writeName(writer, name, ` ${writeText(writer, value)}`)
}

function writeText({ random, env, pick }: Writer, text: string): string {
  const way = random()
  if (way < 0.12) {
    const variable = `V${Object.keys(env).length}`
    env[variable] = text
    return text === '' ? `"\${${variable}}"` : `\${${variable}}`
  }
  if (way < 0.2) return `\${NOT_SET:${text}}`
  const plain = /^[\w.${}/-]+$/.test(text) && !/^[-]/.test(text)
  if (plain && way < 0.75) return `${text}${pick(['', '', ' ', ' # a comment', '\t# a comment'])}`
  return pick([`"${text}"`, `'${text}'`, `!!str "${text}"`])
}

function writeList(writer: Writer, name: string, items: readonly string[]): string {
  const { pick } = writer
  const texts = items.map((item) => pick([`"${item}"`, `'${item}'`]))
  const way = pick(['flow', 'flow', 'block', 'block', 'tight', 'lines', 'numbers'])
  if (way === 'numbers' && items.length > 0) return items.map((_, index) => `${name}.${index}: ${texts[index]}`).join('\n')
  if (way === 'block' && items.length > 0) return writeName(writer, name, texts.map((text) => `\nINDENT- ${text}`).join(''))
  if (way === 'lines') return writeName(writer, name, ` [\n${texts.join(',\n')}\n]`)
  return writeName(writer, name, way === 'tight' ? ` [${texts.join(',')}]` : ` [ ${texts.join(', ')} ]`)
}

/** Flat, nested at some of its dots, quoted, or as JSON. */
function writeName({ random, pick }: Writer, name: string, value: string): string {
  const parts = name.split('.')
  const joined: string[] = []
  for (const part of parts) {
    const last = joined.at(-1)
    if (last === undefined || random() < 0.4) joined.push(part)
    else joined[joined.length - 1] = `${last}.${part}`
  }
  const step = pick(['  ', ' ', '    '])
  const lines = joined.map((part, depth) => `${step.repeat(depth)}${random() < 0.1 ? `"${part}"` : part}:`)
  return `${lines.join('\n')}${value.replaceAll('INDENT', step.repeat(joined.length))}`
}

function dress({ random, pick }: Writer, lines: readonly string[]): string {
  const front = random() < 0.1 ? pick(['---\n', '\uFEFF', '# by hand\n\n', '%YAML 1.1\n---\n']) : ''
  const text = `${front}${lines.map((line) => `${line}\n${random() < 0.15 ? pick(['\n', '# more\n', '  \n']) : ''}`).join('')}`
  if (random() < 0.1) return text.replaceAll('\n', '\r\n')
  return random() < 0.05 ? text.slice(0, -1) : text
}
