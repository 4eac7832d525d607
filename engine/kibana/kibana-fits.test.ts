import { expect, test } from 'vitest'
import { refuseMajorApart, refuseVersionApart } from './kibana-fits.ts'

test.each([
  ['9.4.3', '9.4.3'],
  ['9.4.3', '9.4.0'],
  ['9.3.0', '9.4.3'],
  ['9.4.0-SNAPSHOT', '9.4.3'],
])('Kibana %s works with Elasticsearch %s', (kibana, cluster) => {
  expect(() => refuseVersionApart(kibana, cluster)).not.toThrow()
})

test.each([
  ['9.5.0', '9.4.3'],
  ['8.16.6', '9.4.3'],
  ['9.4.3', '8.16.6'],
])('Kibana %s is refused at Elasticsearch %s', (kibana, cluster) => {
  expect(() => refuseVersionApart(kibana, cluster)).toThrow(expect.objectContaining({ code: 'kibana_version_apart' }))
})

test('where only the major is known, another one is refused, and an unknown one passes', () => {
  expect(() => refuseMajorApart('8.16.6', 9)).toThrow(expect.objectContaining({ code: 'kibana_version_apart', message: 'Kibana 8.16.6 does not work with Elasticsearch 9. Nothing was written.' }))
  expect(() => refuseMajorApart('9.99.0', 9)).not.toThrow()
  expect(() => refuseMajorApart('9.4.3', null)).not.toThrow()
})
