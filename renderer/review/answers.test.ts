import { expect, test } from 'vitest'
import { answersOf, asksTheSame, draftOf, faultsOf, missingFrom } from './answers.ts'

const empty = draftOf({}, undefined)

test('a form nobody touched answers nothing, so that every default stays the engine\'s', () => {
  expect(answersOf(empty)).toEqual({ open: {}, elasticPassword: undefined })
})

test('what was typed comes back as answers, and the form shows them again', () => {
  const draft = { ...empty, nodeName: ' web-01 ', httpPort: '9250', reach: 'machine' as const, san: 'es.example, 10.0.0.7' }
  const { open } = answersOf(draft)
  expect(open).toEqual({ nodeName: 'web-01', httpPort: 9250, httpHost: 'localhost', san: ['es.example', '10.0.0.7'] })
  expect(draftOf(open, undefined)).toMatchObject({ nodeName: 'web-01', httpPort: '9250', reach: 'machine', san: 'es.example, 10.0.0.7' })
})

test('a chosen password is kept apart from what may be kept', () => {
  const { open, elasticPassword } = answersOf({ ...empty, elasticPassword: 'long enough' })
  expect(elasticPassword).toBe('long enough')
  expect(JSON.stringify(open)).not.toContain('long enough')
})

test('an address of one\'s own that is not entered yet is missing, and no other answer takes its place', () => {
  expect(Object.keys(missingFrom({ ...empty, reach: 'other', httpHost: ' ' }))).toEqual(['httpHost'])
  expect(missingFrom({ ...empty, reach: 'other', httpHost: '10.0.0.7' })).toEqual({})
  expect(missingFrom(empty)).toEqual({})
})

test('blanks around what was typed ask for no other plan, and another password does', () => {
  expect(asksTheSame({ ...empty, httpPort: '9250' }, { ...empty, httpPort: ' 9250 ' })).toBe(true)
  expect(faultsOf({ ...empty, httpPort: ' 9250 ', heap: ' 2T ' })).toEqual({})
  expect(asksTheSame({ ...empty, elasticPassword: 'one of my own' }, empty)).toBe(false)
})

test('ports, heap and a password that cannot be are told beside their field', () => {
  const faults = faultsOf({ ...empty, httpPort: '70000', transportPort: '0', heap: 'much', elasticPassword: 'abc' })
  expect(Object.keys(faults)).toEqual(['httpPort', 'transportPort', 'heap', 'elasticPassword'])
  expect(faultsOf({ ...empty, httpPort: '9200', transportPort: '9200' }).transportPort).toBe('Choose a port other than the HTTP port.')
  expect(faultsOf(empty)).toEqual({})
})
