import { freshHome, practiceVersions, type PracticeVersion } from '../support/fresh-home.ts'
import { configurations, type Configuration } from './configurations.ts'
import { differences } from './agreement.ts'
import { randomConfigurations } from './random-configurations.ts'
import { readRecorded, writeRecorded, type Recorded } from './recorded.ts'
import { askStock, type StockTree } from './stock.ts'

/**
 * `npm run test:oracle`: asks stock about the whole table on both versions and writes its answers to `recorded.json` (`-- --only TEXT`: about those with TEXT in their name;
 * `-- --missing`: about those it has no answer to yet).
 * `-- --random N [--seed S]` instead invents N further configurations and compares our verdict with stock's on them.
 */
const random = numberOf('--random')
if (random === null) await record(textOf('--only'), process.argv.includes('--missing'))
else await compareRandom(random, numberOf('--seed') ?? Date.now() % 1_000_000)

async function record(only: string | null, missing: boolean): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('Asking stock as different accounts needs root: run this as root.')
  const asked = configurations.filter(({ name }) => only === null || name.includes(only))
  const recorded = await readRecorded().catch((): Recorded => ({ '9.4.3': {}, '8.16.6': {} }))
  let written = Promise.resolve()
  await Promise.all(
    practiceVersions.map((version) =>
      withTree(version, async (tree) => {
        for (const configuration of asked) {
          if (missing && recorded[version][configuration.name] !== undefined) continue
          const answer = await askStock(tree, configuration)
          recorded[version] = { ...recorded[version], [configuration.name]: answer }
          // One after another: both versions share the file, and what was answered so far is kept.
          written = written.then(() => writeRecorded(recorded))
          console.log(`${version}  ${String(answer.exit).padStart(3)}  ${configuration.name}`)
        }
      }),
    ),
  )
  await written
  console.log(`Recorded ${asked.length} configurations on ${practiceVersions.join(' and ')}.`)
}

async function compareRandom(count: number, seed: number): Promise<void> {
  console.log(`seed ${seed}`)
  const invented = randomConfigurations(count, seed)
  const half = Math.ceil(count / 2)
  const parts: readonly [PracticeVersion, readonly Configuration[]][] = [['9.4.3', invented.slice(0, half)], ['8.16.6', invented.slice(half)]]
  const found = await Promise.all(parts.map(([version, part]) => withTree(version, (tree) => differences(tree, part))))
  const all = found.flat()
  for (const difference of all) console.log(difference)
  console.log(`${count - all.length} of ${count} agree (seed ${seed}).`)
  process.exitCode = all.length === 0 ? 0 : 1
}

async function withTree<T>(version: PracticeVersion, work: (tree: StockTree) => Promise<T>): Promise<T> {
  const fresh = await freshHome(version)
  try {
    return await work({ version, home: fresh.home, java: fresh.java, account: fresh.account })
  } finally {
    await fresh.remove()
  }
}

function textOf(name: string): string | null {
  const at = process.argv.indexOf(name)
  return at === -1 ? null : (process.argv[at + 1] ?? null)
}

function numberOf(name: string): number | null {
  const text = textOf(name)
  return text === null ? null : Number(text)
}
