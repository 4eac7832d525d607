import { expect, test } from 'vitest'
import { refuseVersionApart } from './kibana-fits.ts'

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
