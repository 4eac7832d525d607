import { readFile, writeFile } from 'node:fs/promises'
import { partSection, type Measured } from './section.ts'

export interface Run {
  readonly version: string
  readonly date: Date
  readonly runs: number
  readonly machine: readonly string[]
  /** of the last minute, before and after */
  readonly load: readonly [string | null, string | null]
  readonly measured: readonly Measured[]
}

const intro = `# Benchmarks

Written by \`npm run bench\`; not by hand. Stock Elasticsearch and Firstnode are measured in turn in one run, so that whatever slows the machine
slows both: the ratios hold, the seconds belong to the machine. A goal that is missed stays here, with what limits it.

- \`npm run bench\` measures all and writes its section of this page
- \`npm run bench -- token verdict\` measures parts, and only prints them
- \`--runs N\` how often (5 or more to be written here), \`--elasticsearch 8.16.6\` the other major
`

/** Puts the section of a run into the page in place of the older one of its version; the sections of other versions stay. */
export async function writeDocument(path: string, run: Run): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => '')
  await writeFile(path, documentWith(before, run))
}

/** The whole page. Versions stand newest first. */
export function documentWith(before: string, run: Run): string {
  const sections = new Map([...before.matchAll(/^## Elasticsearch (\S+)\n[^]*?(?=^## |(?![^]))/gm)].map(([text, version = '']) => [version, text.trimEnd()]))
  sections.set(run.version, runSection(run).trimEnd())
  const sorted = [...sections].sort(([one], [other]) => other.localeCompare(one, 'en', { numeric: true }))
  return `${[intro.trimEnd(), ...sorted.map(([, text]) => text)].join('\n\n')}\n`
}

/** A run as Markdown. */
export function runSection({ version, date, runs, machine, load, measured }: Run): string {
  const [before, after] = load
  const busy = before === null || after === null ? [] : [`Load of the last minute: ${before} before, ${after} after (the benchmark itself counts)`]
  const facts = [`${date.toISOString().slice(0, 10)}, medians of ${runs} rounds or more`, ...machine, ...busy]
  return [`## Elasticsearch ${version}`, '', ...facts.map((fact) => `- ${fact}`), '', ...measured.map(partSection)].join('\n')
}
