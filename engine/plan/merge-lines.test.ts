import { expect, test } from 'vitest'
import { seeded } from '../../test/support/plan/random-plan.ts'
import { takeOutOurLines } from './merge-lines.ts'

const original = '# settings\n#cluster.name: my-application\nnode.attr.rack: r1\n'
const block = '\n# BEGIN\nsecurity: true\nhttp.ssl:\n  enabled: true\n# END\n'
const ours = original.replace('#cluster.name: my-application', 'cluster.name: mine') + block

test('an untouched text becomes the original', () => {
  expect(takeOutOurLines(original, ours, ours)).toEqual({ text: original, overlapping: false })
})

test('lines that a person added before, after and between ours stay', () => {
  const current = `# mine\n${ours.replace('node.attr.rack: r1', 'node.attr.rack: r1\nnode.attr.zone: z')}path.repo: /backup\n`
  expect(takeOutOurLines(original, ours, current)).toEqual({ text: `# mine\n${original.replace('r1\n', 'r1\nnode.attr.zone: z\n')}path.repo: /backup\n`, overlapping: false })
})

test('lines that a person changed or removed stay so', () => {
  const current = ours.replace('r1', 'r2').replace('# settings\n', '')
  expect(takeOutOurLines(original, ours, current)).toEqual({ text: original.replace('r1', 'r2').replace('# settings\n', ''), overlapping: false })
})

test('edits among our own lines go with them, and that is told', () => {
  expect(takeOutOurLines(original, ours, ours.replace('enabled: true', 'enabled: false'))).toEqual({ text: original, overlapping: true })
  const indented = ours.replace(block, block.replaceAll('\n', '\n  '))
  expect(takeOutOurLines(original, ours, indented)).toEqual({ text: original, overlapping: true })
})

test('a line of ours that a person wrote anew is theirs now', () => {
  const renamed = ours.replace('cluster.name: mine', 'cluster.name: theirs')
  expect(takeOutOurLines(original, ours, renamed)).toEqual({ text: original.replace('#cluster.name: my-application', 'cluster.name: theirs'), overlapping: false })
})

test('a person who took our lines out already is not overruled', () => {
  expect(takeOutOurLines(original, ours, original)).toEqual({ text: original, overlapping: false })
  expect(takeOutOurLines(original, ours, `${original}x: 1\n`)).toEqual({ text: `${original}x: 1\n`, overlapping: false })
})

test('taking our lines out twice is as once, for random edits', () => {
  const random = seeded(3)
  const fewer = { texts: 0, lost: 0 }
  for (let round = 0; round < 500; round++) {
    const lines = ours.split('\n')
    for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) lines.splice(Math.floor(random() * lines.length), random() < 0.4 ? 1 : 0, ...(random() < 0.7 ? [`theirs ${Math.floor(random() * 9)}`] : []))
    const once = takeOutOurLines(original, ours, lines.join('\n'))
    expect(takeOutOurLines(original, ours, once.text)).toEqual({ text: once.text, overlapping: false })
    expect(once.text).not.toContain('security: true')
    const theirs = lines.filter((line) => line.startsWith('theirs'))
    fewer.texts += 1
    fewer.lost += theirs.some((line) => !once.text.includes(line)) && !once.overlapping ? 1 : 0
  }
  expect(fewer).toEqual({ texts: 500, lost: 0 })
})

test('the end of the last line is as it was, unless a person wrote the last line', () => {
  const bare = original.trimEnd()
  const made = `${bare}\n${block}`
  expect(takeOutOurLines(bare, made, made).text).toBe(bare)
  expect(takeOutOurLines(bare, made, `# mine\n${made}`).text).toBe(`# mine\n${bare}`)
  expect(takeOutOurLines(bare, made, `${made}x: 1\n`).text).toBe(`${bare}\nx: 1\n`)
  expect(takeOutOurLines(bare, made, `${made}x: 1`).text).toBe(`${bare}\nx: 1`)
})

test('an original that was empty is empty again', () => {
  expect(takeOutOurLines('', block, block).text).toBe('')
  expect(takeOutOurLines('', block, `${block}x: 1\n`).text).toBe('x: 1\n')
})

test('line ends of Windows are kept', () => {
  const windows = (text: string): string => text.replaceAll('\n', '\r\n')
  expect(takeOutOurLines(windows(original), windows(ours), `${windows(ours)}x: 1\r\n`)).toEqual({ text: `${windows(original)}x: 1\r\n`, overlapping: false })
})

test('an editor that gave every line another end has edited nothing', () => {
  expect(takeOutOurLines(original, ours, ours.replaceAll('\n', '\r\n'))).toEqual({ text: original.replaceAll('\n', '\r\n'), overlapping: false })
})
