import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../../engine/installation/inspect.ts'
import { runPreflight } from '../../../engine/preflight/preflight.ts'
import { disagreement } from '../../oracle/agreement.ts'
import { configurations, type Configuration } from '../../oracle/configurations.ts'
import { oracleHome } from '../../oracle/home.ts'
import { askOurs } from '../../oracle/ours.ts'
import { randomConfigurations, randomFrom } from '../../oracle/random-configurations.ts'
import { readRecorded } from '../../oracle/recorded.ts'
import { askStock, type StockTree } from '../../oracle/stock.ts'
import { long } from '../../support/long.ts'
import { freshHome, practiceVersions, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'

const root = process.getuid?.() === 0
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000)
const homes = new Map<PracticeVersion, FreshHome>()

beforeAll(async () => {
  console.log(`ORACLE_SEED=${seed}`)
  for (const version of practiceVersions) homes.set(version, await freshHome(version))
})
afterAll(async () => {
  for (const home of homes.values()) await home.remove()
})

function treeOf(version: PracticeVersion): StockTree {
  const fresh = homes.get(version)
  if (fresh === undefined) throw new Error(`no home of ${version}`)
  return { version, home: fresh.home, java: fresh.java, account: fresh.account }
}

/** `count` of the table, each for one of the versions. Those that need root to ask stock are left to root. */
function drawn(count: number): [string, PracticeVersion, Configuration][] {
  const random = randomFrom(seed)
  const left = configurations.filter(({ stranger, needsRoot }) => root || (stranger !== true && needsRoot !== true))
  return Array.from({ length: count }, () => {
    const [configuration] = left.splice(Math.floor(random() * left.length), 1)
    const version = practiceVersions[Math.floor(random() * practiceVersions.length)]
    if (configuration === undefined || version === undefined) throw new Error('the table is too short')
    return [`${configuration.name}, on ${version}`, version, configuration]
  })
}

test.each(drawn(long ? 12 : 4))(`stock answers as recorded, and as we do (seed ${seed}): %s`, async (_, version, configuration) => {
  const stock = await askStock(treeOf(version), configuration)
  expect(stock.exit).toBe((await readRecorded())[version][configuration.name]?.exit)
  expect(disagreement(configuration, stock, await askOurs(version, configuration))).toBeNull()
})

test.each(randomConfigurations(long ? 8 : 2, seed).map((configuration, index) => [index, configuration] as const))(
  `stock and we agree on what nobody thought of (seed ${seed}): %d`,
  async (index, configuration) => {
    const version = index % 2 === 0 ? '9.4.3' : '8.16.6'
    const stock = await askStock(treeOf(version), configuration)
    expect(disagreement(configuration, stock, await askOurs(version, configuration))).toBeNull()
  },
)

test('a whole home of either version, as it is found on this machine, is ready before its first start and not after', async () => {
  for (const version of practiceVersions) {
    const { home, java } = treeOf(version)
    const env = { ...process.env, ES_JAVA_HOME: java }
    expect(await runPreflight(await inspect({ home }, env), { env })).toMatchObject({ verdict: 'ready', configured: false })
    const used = await oracleHome({ tree: home, version, owner: root ? treeOf(version).account : null })
    await used.settings('xpack.security.enabled: true\nxpack.security.http.ssl.enabled: true\n')
    await used.settle()
    expect(await runPreflight(await inspect({ home: used.home }, env), { env })).toMatchObject({ verdict: 'skipped', configured: true })
    await used.destroy()
  }
})
