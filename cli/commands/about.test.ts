import { expect, test } from 'vitest'
import { jsonOf, ran } from '../../test/cli/captured-run.ts'
import { EngineDouble } from '../../test/cli/engine-double.ts'

test('about prints the versions, and says how many packages of others are in it', async () => {
  const { code, out, double } = await ran(['about'])
  expect(code).toBe(0)
  expect(double.calls).toEqual(['host.about'])
  expect(out).toMatch(/^Firstnode 0\.1\.0 · Apache License 2\.0\n/)
  expect(out).toContain('Node.js')
  expect(out).toContain('2 packages of others: firstnode about --licences')
  expect(out).not.toContain('Permission is hereby granted')
})

test('about --licences prints every package with the whole text of its licence', async () => {
  const { out } = await ran(['about', '--licences'])
  expect(out).toContain('zod 4.6.7 · MIT\n\nPermission is hereby granted\nto zod.\n')
  expect(out).toContain('ws 8.23.0 · MIT')
})

test('about --json holds the licences only where they were asked for', async () => {
  expect(jsonOf(await ran(['about', '--json']))).toEqual({ firstnode: '0.1.0', versions: { 'Node.js': '24.0.0' } })
  expect(jsonOf(await ran(['about', '--licences', '--json']))).toMatchObject({ licences: [{ name: 'ws' }, { name: 'zod', licence: 'MIT' }] })
})

test('from the sources about --licences says where the list is', async () => {
  const double = Object.assign(new EngineDouble(), { licences: [] })
  expect((await ran(['about'], { double })).out).not.toContain('packages')
  expect((await ran(['about', '--licences'], { double })).out).toContain('package-lock.json')
})

test('diagnostics prints the text alone, and as JSON', async () => {
  const { code, out, err, double } = await ran(['diagnostics'])
  expect(code).toBe(0)
  expect(err).toBe('')
  expect(out).toBe('Firstnode 0.1.0 (cli)\n\n  a log \ufffd[2J line\n')
  expect(double.calls).toEqual(['host.diagnostics'])
  expect(jsonOf(await ran(['diagnostics', '--json']))).toEqual({ text: 'Firstnode 0.1.0 (cli)\n\n  a log \u001b[2J line\n' })
})
