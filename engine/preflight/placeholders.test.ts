import { describe, expect, test } from 'vitest'
import type { Problem } from '../../shared/problems/problem.ts'
import { replacePlaceholders, substituteEnvironment, variableNames } from './placeholders.ts'

describe('in the text, before YAML (values are those of InternalSettingsPreparer of 9.4.3 and 8.16.6)', () => {
  const env = { HOSTNAME: 'vm', EMPTY: '', LOOP: '${HOSTNAME}', 'a b': 'blank', '${HOSTNAME': 'odd' }

  test.each([
    ['a: ${HOSTNAME}', 'a: vm'],
    ['${HOSTNAME}: ${HOSTNAME}-${HOSTNAME}', 'vm: vm-vm'],
    ['# ${HOSTNAME}', '# vm'],
    ['a: ${EMPTY}b', 'a: b'],
    ['a: ${NOPE}', 'a: ${NOPE}'],
    ['a: ${HOSTNAME:x}', 'a: ${HOSTNAME:x}'],
    ['a: ${ HOSTNAME }', 'a: ${ HOSTNAME }'],
    ['a: ${a b}', 'a: blank'],
    ['a: ${LOOP}', 'a: ${HOSTNAME}'],
    ['a: $HOSTNAME $${HOSTNAME}', 'a: $HOSTNAME $vm'],
    ['a: ${${HOSTNAME}}', 'a: odd}'],
    ['a: ${x${HOSTNAME}', 'a: ${x${HOSTNAME}'],
    ['a: ${HOST\nNAME} ${HOSTNAME}', 'a: ${HOST\nNAME} vm'],
    ['a: ${\rb: ${HOSTNAME}\r\n', 'a: ${\rb: vm\r\n'],
    ['a: ${__proto__} ${constructor}', 'a: ${__proto__} ${constructor}'],
    ['a: ${}', 'a: ${}'],
  ])('%j', (text, read) => {
    expect(substituteEnvironment(text, env)).toBe(read)
  })

  test('the names that are looked up are known', () => {
    expect([...variableNames('a: ${X}-${Y:z}\n# ${X}${${Q}} ${open\nb: }')]).toEqual(['X', 'Y:z', '${Q'])
  })

  test('a text that gets longer than the limit is not written out to its end', () => {
    expect(substituteEnvironment('${X}'.repeat(1000), { X: 'x'.repeat(1000) }, 5000).length).toBeLessThan(20_000)
  })
})

describe('in the settings, without an environment', () => {
  const read = (values: Record<string, string | string[]>): Record<string, unknown> => {
    const settings = new Map(Object.entries(values))
    replacePlaceholders(settings)
    return Object.fromEntries(settings)
  }
  const problemOf = (values: Record<string, string>): Problem => {
    try {
      return read(values) as never
    } catch (thrown) {
      return thrown as Problem
    }
  }

  test.each([
    [{ a: '${path.home}/data', 'path.home': '/es' }, { a: '/es/data' }],
    [{ a: '${b}${b} ${c:d}', b: 'x' }, { a: 'xx d' }],
    [{ a: '${${b}}', b: 'c', c: 'y' }, { a: 'y' }],
    [{ a: '${no:${b}}', b: 'x' }, { a: 'x' }],
    [{ a: ['${b}', 'c'], b: 'x' }, { a: ['x', 'c'] }],
    [{ a: '${b}', b: ['x', 'y'] }, { a: '[x, y]' }],
    [{ a: '${prompt.text}-${b}', b: 'x' }, { a: '${prompt.text}-${b}' }],
    [{ a: '${b} ${open', b: 'x' }, { a: 'x ${open' }],
  ])('%j', (values, wanted) => {
    expect(read(values)).toMatchObject(wanted)
  })

  test('an empty value is no setting', () => {
    expect(read({ a: '${no:}', b: 'x' })).toEqual({ b: 'x' })
  })

  test('a variable, a setting and nothing at all are told apart, and no default is advised', () => {
    const variable = problemOf({ a: 'x-${RACK_1}' })
    expect(variable.code).toBe('settings_placeholder')
    expect(variable.message).toContain('the environment variable RACK_1 is not set')
    expect(`${variable.remedy}${problemOf({ a: '${node.name}' }).remedy}`).not.toContain(':a default')
    expect(problemOf({ a: '${node.name}' }).message).toContain('the setting node.name has no value')
    expect(problemOf({ a: '${}' }).message).toContain('neither a variable nor a setting')
  })

  test('a circle is refused, and so is a placeholder with a default that comes twice, as Elasticsearch does', () => {
    expect(problemOf({ a: '${b}', b: '${a}' })).toMatchObject({ code: 'settings_placeholder_circle' })
    expect(problemOf({ a: '${no:1} ${no:1}' })).toMatchObject({ code: 'settings_placeholder_circle' })
  })

  test('what grows without end or goes too deep is refused, what is merely long is read', () => {
    const doubled = (times: number) => Object.fromEntries(Array.from({ length: times }, (_, at) => [`k${at}`, `\${k${at + 1}}\${k${at + 1}}`]).concat([[`k${times}`, 'x']]))
    const chain = (length: number) => Object.fromEntries(Array.from({ length }, (_, at) => [`k${at}`, `\${k${at + 1}}`]).concat([[`k${length}`, 'x']]))
    expect(String(read(doubled(14)).k0)).toHaveLength(2 ** 14)
    expect(problemOf(doubled(30))).toMatchObject({ code: 'settings_placeholders_too_many' })
    expect(problemOf(doubled(100_000))).toMatchObject({ code: 'settings_placeholders_too_many' })
    expect(read(chain(500)).k0).toBe('x')
    expect(problemOf(chain(100_000))).toMatchObject({ code: 'settings_placeholders_too_many' })
    expect(problemOf({ a: '${'.repeat(100_000) + '}'.repeat(100_000) })).toMatchObject({ code: 'settings_placeholders_too_many' })
    expect(String(read({ a: '${b}'.repeat(100_000), b: 'c' }).a)).toHaveLength(100_000)
  })
})
