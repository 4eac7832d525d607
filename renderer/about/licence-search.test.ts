import { expect, test } from 'vitest'
import { licencesFor } from './licence-search.ts'

const licences = ['@mantine/core MIT', 'electron-updater Apache-2.0', 'ws MIT'].map((one) => {
  const [name = '', licence = ''] = one.split(' ')
  return { name, version: '1.0.0', licence, text: 'Permission is hereby granted' }
})
const found = (wanted: string) => licencesFor(licences, wanted).map(({ name }) => name)

test('packages are found by their name or by their licence, by every word, in any case', () => {
  expect(found('')).toHaveLength(3)
  expect(found(' apache ')).toEqual(['electron-updater'])
  expect(found('mit MANTINE')).toEqual(['@mantine/core'])
  expect(found('gpl')).toEqual([])
})
