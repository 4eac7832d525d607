// npm run bench: see docs/benchmarks.md for what it measures and how to ask for a part.
import { inRoot } from '../../build/root.mjs'
import { readArguments } from './arguments.ts'
import { writeDocument } from './document.ts'
import { figureText } from './figures.ts'
import { failureText, interleave } from './interleave.ts'
import { endAll } from './leftovers.ts'
import { describeMachine, loadText } from './machine.ts'
import type { Part } from './part.ts'
import { configurePart } from './parts/configure.ts'
import { enrollPart } from './parts/enroll.ts'
import { firstStartPart } from './parts/first-start.ts'
import { idleWindowPart } from './parts/idle-window.ts'
import { keystorePart } from './parts/keystore.ts'
import { memoryPart } from './parts/memory.ts'
import { nodesPart } from './parts/nodes.ts'
import { paintPart } from './parts/paint.ts'
import { passwordPart } from './parts/password.ts'
import { renewPart } from './parts/renew.ts'
import { tokenPart } from './parts/token.ts'
import { verdictPart } from './parts/verdict.ts'
import { versionPart } from './parts/version.ts'
import { windowPart } from './parts/window.ts'
import { hasFailed, partSection, type Measured } from './section.ts'
import type { PracticeVersion } from '../support/fresh-home.ts'

const parts: readonly Part[] = [
  configurePart,
  firstStartPart,
  enrollPart,
  nodesPart,
  tokenPart,
  passwordPart,
  renewPart,
  keystorePart,
  verdictPart,
  paintPart,
  memoryPart,
  versionPart,
  windowPart,
  idleWindowPart,
]
/** Fewer rounds than this give no median worth keeping. */
const roundsToKeep = 5

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void endAll().then(() => process.exit(130)))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  process.stderr.write(`${failureText(thrown)}\n`)
  process.exitCode = 1
} finally {
  await endAll()
}

async function main(argv: readonly string[]): Promise<number> {
  const names = parts.map(({ name }) => name)
  const asked = readArguments(argv, names)
  if (asked.help) {
    process.stdout.write(`npm run bench -- [${names.join(' | ')}]… [--runs N] [--elasticsearch 9.4.3|8.16.6]\n`)
    return 0
  }
  const { version, runs } = asked
  const machine = await describeMachine(version)
  const measured: Measured[] = []
  for (const part of parts) {
    if (asked.parts.length > 0 && !asked.parts.includes(part.name)) continue
    const one = await measure(part, version, runs)
    measured.push(one)
    process.stdout.write(`\n${partSection(one, { date: new Date(), machine })}\n`)
    // After every part: a run that is interrupted has not been for nothing.
    if (runs >= roundsToKeep) await writeDocument(inRoot('docs', 'benchmarks.md'), { version, date: new Date(), machine, measured: [one], parts: names })
  }
  if (runs < roundsToKeep) process.stdout.write(`\nNot written to docs/benchmarks.md: that takes ${roundsToKeep} rounds.\n`)
  return measured.some(hasFailed) ? 1 : 0
}

async function measure(part: Part, version: PracticeVersion, runs: number): Promise<Measured> {
  const tell = (line: string): void => void process.stderr.write(`${part.name}: ${line}\n`)
  const rounds = runs * part.times
  const before = loadText()
  try {
    const { measures, close } = await part.open(version)
    try {
      const taken = await interleave(measures, rounds, ({ what, unit }, figure) => tell(`${what}: ${typeof figure === 'string' ? figure : figureText(figure, unit)}`))
      return { part, taken, failure: null, rounds, load: [before, loadText()] }
    } finally {
      await close()
    }
  } catch (thrown) {
    tell(`failed: ${failureText(thrown)}`)
    return { part, taken: [], failure: failureText(thrown), rounds, load: [before, loadText()] }
  }
}
