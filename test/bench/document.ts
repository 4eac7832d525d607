import { readFile, writeFile } from 'node:fs/promises'
import { partSection, type Measured } from './section.ts'

export interface Run {
  readonly version: string
  readonly date: Date
  /** what it ran on, as facts */
  readonly machine: readonly string[]
  readonly measured: readonly Measured[]
  /** every part there is, in the order of the page */
  readonly parts: readonly string[]
}

const intro = `# Benchmarks

Written by \`npm run bench\`; not by hand. Stock Elasticsearch and Firstnode are measured in turn in one run, so that whatever slows the machine
slows both: the ratios hold, the seconds belong to the machine and to what else it did (its load is told). A goal that is missed stays here, with
what limits it.

- \`npm run bench\` measures all parts, \`npm run bench -- token verdict\` some of them
- \`--runs N\` how often: what was measured 5 times or more is written here
- \`--elasticsearch 8.16.6\` the other major`

/** Puts what a run measured into the page, in place of what it held of the same parts. */
export async function writeDocument(path: string, run: Run): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => '')
  await writeFile(path, documentWith(before, run))
}

/** The whole page. Versions stand newest first. Parts that were measured earlier stay: each names the machine that it was measured on. */
export function documentWith(before: string, run: Run): string {
  const sections = new Map(divided(before, '## Elasticsearch '))
  sections.set(run.version, versionSection(sections.get(run.version) ?? '', run))
  const sorted = [...sections].sort(([one], [other]) => other.localeCompare(one, 'en', { numeric: true }))
  return `${[intro, ...sorted.map(([, text]) => text)].join('\n\n')}\n`
}

function versionSection(before: string, { version, date, machine, measured, parts }: Run): string {
  const sections = new Map(divided(before, '### '))
  for (const one of measured) sections.set(one.part.name, partSection(one, { date, machine }))
  const told = parts.flatMap((name) => sections.get(name) ?? [])
  const missing = parts.filter((name) => !sections.has(name))
  const notYet = missing.length === 0 ? [] : [`Not measured yet: ${missing.join(', ')}.`]
  return [`## Elasticsearch ${version}`, ...notYet, ...told].join('\n\n')
}

/** The sections that begin with a heading of this kind, by the first word after it. */
function divided(text: string, heading: string): [string, string][] {
  return text
    .split(new RegExp(`^(?=${heading})`, 'm'))
    .filter((section) => section.startsWith(heading))
    .map((section) => [/^[^\s:]+/.exec(section.slice(heading.length))?.[0] ?? '', section.trimEnd()])
}
