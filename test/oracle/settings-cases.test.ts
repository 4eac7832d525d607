import { expect, test } from 'vitest'
import { readSettings } from '../../engine/preflight/settings.ts'
import { Problem } from '../../shared/problems/problem.ts'
import { settingsCases, type SettingsSaid } from './settings-cases.ts'

function said(text: string): SettingsSaid {
  try {
    return Object.fromEntries(readSettings(text, {}))
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown
    const [, line, column, fault] = /: line (\d+), column (\d+): (.*)\.$/.exec(thrown.message) ?? []
    return thrown.code === 'settings_no_yaml' ? `${line}:${column} ${fault}` : thrown.code
  }
}

test.each(settingsCases)('%.60j is read as Elasticsearch reads it', (text, says) => {
  expect(said(text)).toEqual(says)
})

test('of a text without a last line end, and of one with other line ends, the same is read', () => {
  for (const [text, says] of settingsCases) {
    expect([text, said(text.replace(/(?<!\n)\n$/, ''))]).toEqual([text, says])
    expect([text, said(text.replaceAll('\n', '\r\n'))]).toEqual([text, says])
    expect([text, said(text.replaceAll('\n', '\r'))]).toEqual([text, says])
  }
})
