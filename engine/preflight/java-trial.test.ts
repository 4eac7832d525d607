import { expect, test } from 'vitest'
import { tryOptions, type RunJava } from './java-trial.ts'

const option = (text: string, line: number) => ({ option: { text, from: '/es/config/jvm.options', line }, args: [text] })
const many = Array.from({ length: 20 }, (_, index) => option(`-Dx${index}`, index + 1))

/** A Java that refuses these options, and the last of two that do not go together. */
function java(refuses: readonly string[], pair?: readonly [string, string]): { run: RunJava; starts: string[][] } {
  const starts: string[][] = []
  const run: RunJava = (args) => {
    starts.push([...args])
    const bad = args.find((arg) => refuses.includes(arg)) ?? (pair?.every((one) => args.includes(one)) === true ? pair[1] : undefined)
    const output =
      bad === undefined
        ? '   size_t MaxHeapSize   = 1073741824   {product} {command line}\n   size_t InitialHeapSize := 268435456 {product} {ergonomic}\n'
        : `Unrecognized VM option '${bad}'\nError: Could not create the Java Virtual Machine.\nError: A fatal exception has occurred. Program will exit.\n`
    return Promise.resolve({ code: bad === undefined ? 0 : 1, output })
  }
  return { run, starts }
}

test('options that Java takes cost one start, which tells what it makes of them', async () => {
  const { run, starts } = java([])
  const { refused, flags } = await tryOptions(many, run)
  expect(refused).toEqual([])
  expect([flags?.get('MaxHeapSize'), flags?.get('InitialHeapSize')]).toEqual([
    { value: '1073741824', isGiven: true },
    { value: '268435456', isGiven: false },
  ])
  expect(starts).toHaveLength(1)
  expect(starts[0]).toEqual(expect.arrayContaining(['-XX:-AlwaysPreTouch', '-XX:-UsePerfData', '-version']))
})

test.each([0, 7, 19])('the option that Java refuses is found, at %d of 20', async (at) => {
  const options = many.with(at, option('-XX:+Nope', at + 1))
  const { run, starts } = java(['-XX:+Nope'])
  expect((await tryOptions(options, run)).refused).toEqual([{ option: { text: '-XX:+Nope', from: '/es/config/jvm.options', line: at + 1 }, said: "Unrecognized VM option '-XX:+Nope'" }])
  expect(starts.length).toBeLessThanOrEqual(9)
})

test('all options that Java refuses are named, and the rest is asked about', async () => {
  const { refused, flags } = await tryOptions([option('-Xa', 1), ...many, option('-Xb', 9)], java(['-Xa', '-Xb']).run)
  expect(refused.map((one) => one.option?.text)).toEqual(['-Xa', '-Xb'])
  expect(flags).not.toBeNull()
})

test('of two options that do not go together the later one is named', async () => {
  const options = [option('-Xms2g', 1), ...many, option('-Xmx1g', 30)]
  expect((await tryOptions(options, java([], ['-Xms2g', '-Xmx1g']).run)).refused).toMatchObject([{ option: { text: '-Xmx1g', line: 30 } }])
})

test('a Java that refuses everything, or gives no answer, blames no option', async () => {
  const broken: RunJava = () => Promise.resolve({ code: 127, output: 'java: error while loading shared libraries: libjli.so' })
  expect((await tryOptions(many, broken)).refused).toEqual([{ option: null, said: expect.stringContaining('libjli.so') }])
  expect(await tryOptions(many, () => Promise.resolve(null))).toEqual({ refused: [], flags: null })
})
