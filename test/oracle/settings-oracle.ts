import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** What Elasticsearch makes of an `elasticsearch.yml`: its flat settings, or why it refuses the file. */
export type SettingsAnswer =
  | { readonly settings: Readonly<Record<string, string | readonly string[]>> }
  | { readonly refused: string }

/** The environment that the texts may refer to. */
export const oracleEnvironment: Readonly<Record<string, string>> = {
  HOSTNAME: 'node-1.example.org',
  PORT: '9201',
  EMPTY: '',
  LIST: '[a, "b"]',
  ENTRY: 'x.y: z',
  LINES: 'a\nb: c',
  ODD: '"\u2028: # {',
}

/** What every node has besides its file. */
export const oracleGiven: Readonly<Record<string, string>> = { 'path.home': '/es' }

/** Asks Elasticsearch's own loader (the jars in `home`'s lib/) about texts, all in one JVM; answers in their order. */
export async function* askLoader(
  { home, java }: { readonly home: string; readonly java: string },
  texts: Iterable<string>,
): AsyncGenerator<SettingsAnswer, void> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-loader-'))
  const child = spawn(
    join(java, 'bin', 'java'),
    [
      '-Xmx1g',
      '-cp',
      join(home, 'lib', '*'),
      join(import.meta.dirname, 'SettingsOracle.java'),
      join(folder, 'elasticsearch.yml'),
      ...Object.entries(oracleEnvironment).map(([name, value]) => `${name}=${value}`),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'close')
  try {
    const sent = send(child.stdin, texts)
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as SettingsAnswer
    await sent
    const [exit] = (await ended) as [number | null]
    if (exit !== 0) throw new Error(`The loader ended with ${exit}`)
  } finally {
    child.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}

async function send(into: NodeJS.WritableStream, texts: Iterable<string>): Promise<void> {
  for (const text of texts) {
    const bytes = Buffer.from(text)
    const length = Buffer.alloc(4)
    length.writeInt32BE(bytes.length)
    if (!into.write(Buffer.concat([length, bytes]))) await once(into, 'drain')
  }
  into.end()
}
