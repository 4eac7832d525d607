import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longNeeds, runPart, type PartName, partNames, partNeeds } from './part.ts'
import { preparation, seconds } from './prepare.ts'
import { add, lastLine, nothing, type Tally } from './tally.ts'

const [first, ...more] = process.argv.slice(2)
if (first !== undefined && first !== 'long' && !isPart(first)) {
  process.stderr.write(`There is no part "${first}". Parts: ${partNames.join(', ')}, long.\n`)
  process.exit(2)
}
// Tests that npm test has no time for ask for this.
if (first === 'long') process.env.FIRSTNODE_LONG = '1'
const lanes = lanesOf(first)
const wanted = lanes.flat()

const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
const say = (line: string) => void process.stderr.write(`  ${line}\n`)
const prepared = preparation(say, stopping.signal)
beginPreparing()

const began = performance.now()
const summary: string[] = []
let sum = nothing
await Promise.all(lanes.map(async (names) => {
  for (const name of names) {
    if (stopping.signal.aborted) break
    const since = performance.now()
    process.stdout.write(lanes.length > 1 ? `   ${name} begins\n` : `\n── ${name}\n`)
    const tally = await part(name)
    sum = add(sum, tally)
    summary.push(`${name.padEnd(12)} ${lastLine(tally).padEnd(24)} ${seconds(since)}`)
  }
}))
if (stopping.signal.aborted) sum = add(sum, { passed: 0, failed: 1, reasons: ['interrupted before the end'] })

process.stdout.write(`\n${summary.join('\n')}\n${'in all'.padEnd(37)} ${seconds(began)}\n`)
for (const reason of sum.reasons) process.stdout.write(`! ${reason}\n`)
process.stdout.write(`${lastLine(sum)}\n`, () => process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0))

/** What later parts need is made ready while the first ones run. Whoever needs it meets its failure. */
function beginPreparing(): void {
  const needs = wanted.map((name) => partNeeds[name])
  if (needs.some(({ built }) => built)) prepared.built().catch(() => {})
  if (needs.some(({ copies }) => copies)) prepared.tools(['maven']).then(() => prepared.copies()).catch(() => {})
}

async function part(name: PartName): Promise<Tally> {
  const needs = partNeeds[name]
  try {
    await prepared.tools(first === 'long' && name === 'integration' ? [...needs.tools, ...longNeeds] : needs.tools)
    if (needs.built) await prepared.built()
    if (needs.copies) await prepared.copies()
    return lanes.length > 1 ? await runQuietly(name) : await runPart(name, more)
  } catch (thrown) {
    return { passed: 0, failed: 1, reasons: [`${name} could not run: ${thrown instanceof Error ? thrown.message : String(thrown)}`] }
  }
}

/** Parts that run side by side say all that they have to say when they end, one after the other. */
async function runQuietly(name: PartName): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), 'firstnode-output-'))
  const file = await open(join(folder, 'output'), 'w+')
  try {
    return await runPart(name, [], file.fd)
  } finally {
    const said = await readFile(join(folder, 'output'), 'utf8')
    process.stdout.write(`\n── ${name}\n${said}`)
    await file.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What runs side by side: what waits on real nodes, and what computes. The oracle records; it is asked for by name only. */
function lanesOf(asked: PartName | 'long' | undefined): readonly (readonly PartName[])[] {
  if (asked === undefined) return [['integration'], ['typecheck', 'lint', 'unit', 'page', 'e2e', 'electron']]
  if (asked === 'long') return [more.length > 0 ? ['integration'] : ['integration', 'page', 'e2e', 'electron', 'packed']]
  return [[asked]]
}

function isPart(text: string): text is PartName {
  return (partNames as readonly string[]).includes(text)
}
