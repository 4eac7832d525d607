import { freshHome, practiceVersions, type PracticeVersion } from '../support/fresh-home.ts'
import { configurations, type Configuration } from './configurations.ts'
import { differences } from './agreement.ts'
import { randomConfigurations } from './random-configurations.ts'
import { writeRecorded, type Recorded } from './recorded.ts'
import { askStock, type StockAnswer, type StockTree } from './stock.ts'

/**
 * `npm run test:oracle`: asks stock about the whole table on both versions and writes its answers to `recorded.json`.
 * `-- --random N [--seed S]` instead invents N further configurations and compares our verdict with stock's on them.
 */
const random = optionOf('--random')
if (random === null) await record()
else await compareRandom(random, optionOf('--seed') ?? Date.now() % 1_000_000)

async function record(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('Asking stock as different accounts needs root: run this as root.')
  const recorded: Partial<Recorded> = {}
  await Promise.all(
    practiceVersions.map((version) =>
      withTree(version, async (tree) => {
        const answers: Record<string, StockAnswer> = {}
        for (const configuration of configurations) {
          answers[configuration.name] = await askStock(tree, configuration)
          console.log(`${version}  ${String(answers[configuration.name]?.exit).padStart(3)}  ${configuration.name}`)
        }
        recorded[version] = answers
      }),
    ),
  )
  await writeRecorded(recorded as Recorded)
  console.log(`Recorded ${configurations.length} configurations on ${practiceVersions.join(' and ')}.`)
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

function optionOf(name: string): number | null {
  const at = process.argv.indexOf(name)
  return at === -1 ? null : Number(process.argv[at + 1])
}
