import { openDesktopUnderTest } from '../testing/desktop-under-test.ts'
import type { Killers, Mutant } from './mutant.ts'
import { runTests } from './run-tests.ts'
import { mutants } from './table.ts'
import { type Verdict, verdictOf, whyNotSound } from './verdict.ts'
import { openWorkshop, type Workshop } from './workshop.ts'

/** ms: for all tests without a mutant, and for those of one mutant, which last seconds on a machine of its own. */
const limits = { sound: 20 * 60_000, mutant: 3 * 60_000 }

const words = process.argv.slice(2)
const wanted = mutants.filter(({ file, without }) => words.length === 0 || words.some((word) => file.includes(word) || without.includes(word)))
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())

const workshop = await openWorkshop()
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const desktop = wanted.some(({ killedBy }) => 'window' in killedBy) ? await openDesktopUnderTest({ say, checkout: workshop.folder }) : null
const env = desktop?.env ?? {}
try {
  if (wanted.length === 0) throw new Error(`No mutant is about "${words.join(' ')}".`)
  await findSound(workshop, wanted)
  const killed = await tryAll(workshop, wanted)
  process.stdout.write(`\n${killed} passed, ${wanted.length - killed} failed\n`)
  process.exitCode = killed === wanted.length ? 0 : 1
} catch (thrown) {
  process.stdout.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n0 passed, 1 failed\n`)
  process.exitCode = 1
} finally {
  await desktop?.close()
  await workshop.remove()
}

/** Every test that is to fail must pass first, or its failing says nothing. */
async function findSound({ folder }: Workshop, wanted: readonly Mutant[]): Promise<void> {
  const unit = [...new Set(wanted.flatMap(({ killedBy }) => ('unit' in killedBy ? killedBy.unit : [])))]
  const window = [...new Set(wanted.flatMap(({ killedBy }) => ('window' in killedBy ? killedBy.window : [])))]
  process.stdout.write(`${wanted.length} mutants. Their tests first, without any: ${unit.length} files and ${window.length} tests of the window.\n`)
  await soundOrThrow(folder, { unit }, [])
  await soundOrThrow(folder, { window }, window)
}

async function soundOrThrow(folder: string, tests: Killers, titles: readonly string[]): Promise<void> {
  if (('unit' in tests ? tests.unit : tests.window).length === 0) return
  const why = whyNotSound(await runTests(folder, tests, { limit: limits.sound, toTheFirstFailure: false, stop: stopping.signal, env }), titles)
  if (why !== null) throw new Error(`The tests do not pass without a mutant, so they could show nothing:\n  ${why}`)
}

/** How many were killed. The window's come last: each is a build. */
async function tryAll(workshop: Workshop, wanted: readonly Mutant[]): Promise<number> {
  let killed = 0
  let file = ''
  for (const mutant of wanted.toSorted((a, b) => Number('window' in a.killedBy) - Number('window' in b.killedBy))) {
    if (stopping.signal.aborted) throw new Error('Interrupted before the end.')
    if (mutant.file !== file) process.stdout.write(`\n${mutant.file}\n`)
    file = mutant.file
    const verdict = await tryOne(workshop, mutant)
    if (verdict.killed) killed += 1
    process.stdout.write(`  ${verdict.killed ? '✓' : '✗'} without ${mutant.without}: ${verdict.sentence}\n`)
  }
  return killed
}

async function tryOne(workshop: Workshop, mutant: Mutant): Promise<Verdict> {
  try {
    return await workshop.withMutant(mutant, async () => {
      if ('window' in mutant.killedBy) await workshop.buildDesktop()
      return verdictOf(await runTests(workshop.folder, mutant.killedBy, { limit: limits.mutant, toTheFirstFailure: true, stop: stopping.signal, env }))
    })
  } catch (thrown) {
    return { killed: false, sentence: `BROKEN: ${thrown instanceof Error ? thrown.message : String(thrown)}` }
  }
}
