import { expect, test } from 'vitest'
import { readSettings } from '../preflight/settings.ts'
import { transportHostIn } from './first-node-facts.ts'
import { sentencesOf } from './sentences.ts'

const facts = { nodeName: 'n', clusterName: 'c', httpPort: 9200, transportPort: 9300, portNotes: [], heap: null, httpHost: '0.0.0.0', san: [], url: 'https://localhost:9200', runAs: null, passwordChosen: false }
const told = (yml: string): string => sentencesOf(facts, { version: '9.4.3', home: '/es', transportHost: transportHostIn(readSettings(yml, {})), changes: [] }).join(' ')

test('other nodes join from this machine only, unless the settings open transport', () => {
  expect(told('')).toContain('Other nodes can join from this machine only')
  expect(told('http.host: 0.0.0.0')).toContain('from this machine only (transport')
  expect(told('network.host: 0.0.0.0')).toContain('Other nodes can join from the network as well')
  expect(told('network.host: 0.0.0.0\ntransport.host: [_local_]')).toContain('Other nodes can join from this machine only')
  expect(told('transport.bind_host: 10.0.0.1')).toContain('from the network as well')
})

test('a port that the system chooses is said to be one', () => {
  const chosen = { ...facts, httpPort: 0, transportPort: 0, url: 'https://localhost:0' }
  const [, answers] = sentencesOf(chosen, { version: '9.4.3', home: '/es', transportHost: '_local_', changes: [] })
  expect(answers).toBe(
    'It will answer on https://localhost, on a port that the system chooses, from this machine and the network. Other nodes can join from this machine only (transport on a port that the system chooses).',
  )
})
