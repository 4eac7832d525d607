import { expect, test } from 'vitest'
import { disagreement, verdictOf } from '../../test/oracle/agreement.ts'
import { configurations } from '../../test/oracle/configurations.ts'
import { askOurs } from '../../test/oracle/ours.ts'
import { readRecorded } from '../../test/oracle/recorded.ts'

const recorded = await readRecorded()
const versions = ['9.4.3', '8.16.6'] as const

test('stock was asked about every configuration of the table, on both versions', () => {
  const names = configurations.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(90)
  for (const version of versions) expect(Object.keys(recorded[version])).toEqual(names)
})

test('the table holds configurations of every verdict', () => {
  const verdicts = versions.flatMap((version) => Object.values(recorded[version]).map(verdictOf))
  for (const verdict of ['ready', 'skipped', 'blocked'] as const) expect(verdicts.filter((one) => one === verdict).length).toBeGreaterThan(10)
})

const possible = configurations.filter(({ needsRoot }) => needsRoot !== true || process.getuid?.() === 0)

test.concurrent.each(possible.map((configuration) => [configuration.name, configuration] as const))('%s: our verdict is that of stock', async (name, configuration) => {
  const ours = await askOurs('9.4.3', configuration)
  const told = versions.map((version) => disagreement(configuration, recorded[version][name] ?? { exit: -1, says: 'never asked' }, ours))
  expect(told).toEqual([null, null])
})
