import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { findKibanas } from './find-kibanas.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'

test('Kibanas are found by what is in them, those beside Elasticsearch first, each once', async () => {
  const [older, newer, place] = [await kibanaFolder({ version: '9.4.2' }), await kibanaFolder({ version: '9.4.3' }), await kibanaFolder()]
  const [beside, elsewhere] = [join(place, 'a'), join(place, 'b')]
  await Promise.all([mkdir(beside), mkdir(join(elsewhere, 'kibana-empty'), { recursive: true })])
  await cp(older, join(beside, 'kibana-9.4.2'), { recursive: true })
  await cp(newer, join(elsewhere, 'kibana-9.4.3'), { recursive: true })
  const places = [elsewhere, beside, dirname(join(beside, 'x'))]
  const { kibanas: found, unsearched } = await findKibanas(join(beside, 'elasticsearch'), places, new AbortController().signal)
  expect(unsearched).toEqual({ slow: [], full: [] })
  expect(found.map(({ home, version, connected }) => ({ home, version, connected }))).toEqual([
    { home: join(beside, 'kibana-9.4.2'), version: '9.4.2', connected: null },
    { home: join(elsewhere, 'kibana-9.4.3'), version: '9.4.3', connected: null },
  ])
})

test('when the time is up, the folders that were not searched to their end are named', async () => {
  const place = await kibanaFolder()
  expect(await findKibanas(null, [place], AbortSignal.abort())).toEqual({ kibanas: [], unsearched: { slow: [place], full: [] } })
})
