import { expect, test } from 'vitest'
import { Problem } from '../../shared/problems/problem.ts'
import { removeYamlSettings } from '../security/yaml-removal.ts'
import { readYamlMap } from '../security/yaml-tree.ts'
import { readSettings } from './settings.ts'

/** All that is done with the text of an `elasticsearch.yml`. */
const deeds: Readonly<Record<string, (text: string) => unknown>> = {
  reading: (text) => readSettings(text, { X: 'v' }),
  locating: (text) => readYamlMap(text),
  'removing all': (text) => removeYamlSettings(text, () => true),
}

const units = [
  ';', '[', '{', '"', '- ', '? ', ':', '!', '&a ', '*a', '%', '\t', ' ', '#', '\n', '\r', '${', 'a:\n', '\u2028', '.0', 'a,',
]
const beginnings = ['', 'a: [']
const repeated = beginnings.flatMap((before) => units.map((unit) => (times: number) => before + unit.repeat(times)))

/** Milliseconds of the processor: a busy machine must not count. */
function cost(deed: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage()
  try {
    deed(text)
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

test.each(Object.entries(deeds))('%s costs linear time, whatever the text', { timeout: 600_000 }, (_, deed) => {
  const dear = repeated.flatMap((make) => {
    const small = cost(deed, make(2000))
    const large = cost(deed, make(32_000))
    // Sixteen times the text; in quadratic time it would be 256 times the cost.
    return large > 80 * Math.max(small, 10) ? [`${JSON.stringify(make(2)).slice(0, 40)}: ${small} ms, then ${large} ms`] : []
  })
  expect(dear).toEqual([])
})
