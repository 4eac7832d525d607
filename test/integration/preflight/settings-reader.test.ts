import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agree, readByUs } from '../../oracle/settings-agreement.ts'
import { settingsCases } from '../../oracle/settings-cases.ts'
import { askLoader, oracleGiven } from '../../oracle/settings-oracle.ts'
import { settingsTexts } from '../../oracle/settings-texts.ts'
import { freshHome, practiceVersions, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { firstOf } from '../../support/in-turn.ts'
import { long } from '../../support/long.ts'

const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000)
const count = Number(process.env.ORACLE_TEXTS ?? (long ? 200_000 : 3000))
const versions = firstOf(...practiceVersions)
const homes = new Map<PracticeVersion, FreshHome>()

beforeAll(async () => {
  for (const version of versions) homes.set(version, await freshHome(version))
})
afterAll(async () => {
  for (const home of homes.values()) await home.remove()
})

test.each(versions)(
  `${count} settings files are read as Elasticsearch %s reads them, to every name and value (ORACLE_SEED=${seed})`,
  // Asks about every text; how long that takes is the machine's affair.
  { timeout: 4 * 3_600_000 },
  async (version) => {
    const home = homeOf(version)
    const reference = await readFile(join(home.home, 'config', 'elasticsearch.yml'), 'utf8')
    const texts = settingsTexts(count, seed, reference)
    const tally = new Map<string, { asked: number; taken: number }>()
    const differences: unknown[] = []
    for await (const loader of askLoader(home, textsOf(settingsTexts(count, seed, reference)))) {
      const { kind, text } = texts.next().value ?? { kind: 'none', text: '' }
      const { asked, taken } = tally.get(kind) ?? { asked: 0, taken: 0 }
      tally.set(kind, { asked: asked + 1, taken: taken + ('settings' in loader ? 1 : 0) })
      const us = readByUs(text, version)
      if (!agree(loader, us)) differences.push({ kind, text, loader, us })
    }
    console.log(`seed ${seed}, Elasticsearch ${version}`)
    console.table(Object.fromEntries(tally))
    expect(differences.slice(0, 20)).toEqual([])
    expect([...tally.values()].reduce((sum, { asked }) => sum + asked, 0)).toBe(count)
    for (const [kind, { taken }] of tally) expect(taken, `${kind}: some are taken`).toBeGreaterThan(0)
  },
)

test.each(versions)('the cases that the unit tests know are what Elasticsearch %s answers', async (version) => {
  const said: unknown[] = []
  for await (const answer of askLoader(homeOf(version), settingsCases.map(([text]) => text))) {
    said.push('refused' in answer ? 'refused' : answer.settings)
  }
  expect(said).toEqual(
    settingsCases.map(([, says]) => (typeof says === 'string' ? 'refused' : { ...says, ...oracleGiven })),
  )
})

function homeOf(version: PracticeVersion): FreshHome {
  const home = homes.get(version)
  if (home === undefined) throw new Error(`no home of ${version}`)
  return home
}

function* textsOf(from: Iterable<{ readonly text: string }>): Generator<string, void> {
  for (const { text } of from) yield text
}
