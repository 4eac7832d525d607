import { expect, test } from 'vitest'
import { answersOf, draftOf, faultsOf } from './answers.ts'

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

test('ports, heap and a password that cannot be are told beside their field', () => {
  const faults = faultsOf({ ...empty, httpPort: '70000', transportPort: '0', heap: 'much', elasticPassword: 'abc' })
  expect(Object.keys(faults)).toEqual(['httpPort', 'transportPort', 'heap', 'elasticPassword'])
  expect(faultsOf({ ...empty, httpPort: '9200', transportPort: '9200' }).transportPort).toBe('HTTP and transport need two different ports.')
  expect(faultsOf(empty)).toEqual({})
})
