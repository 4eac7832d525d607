import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Installation } from '../../shared/contract/installation.ts'
import { environmentAgain, type LookAtProcess } from './environment-again.ts'

let config: string
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'firstnode-again-'))
})
afterEach(() => rm(config, { recursive: true }))

const running = { pid: 7, name: 'n1', version: '9.4.3', startedAt: null, httpPort: 9200, logFile: '' }
const line = 'java -Xms4m -Xms1g -Xmx1g -XX:MaxDirectMemorySize=1 --module-path /es/lib org.elasticsearch.bootstrap.Elasticsearch'
const look = (variable: string | null | undefined): LookAtProcess => ({ variable: () => Promise.resolve(variable), line: () => Promise.resolve(line) })
const again = (env: NodeJS.ProcessEnv, variable: string | null | undefined = null) => environmentAgain({ config } as Installation, running, env, look(variable))

test('a node is told again what it was told at its own start', async () => {
  expect(await again({ A: '1' }, '-Xmx2g -Xms2g')).toEqual({ A: '1', ES_JAVA_OPTS: '-Xmx2g -Xms2g' })
})

test('a variable that its files refer to, and that this environment has not, is there again', async () => {
  await writeFile(join(config, 'elasticsearch.yml'), 'node.attr.rack: ${RACK_TOKEN}\nnode.attr.a: ${A}\n')
  const look: LookAtProcess = { variable: (_, name) => Promise.resolve(name === 'RACK_TOKEN' || name === 'A' ? 'its own' : null), line: () => Promise.resolve(line) }
  expect(await environmentAgain({ config } as Installation, running, { A: '1' }, look)).toMatchObject({ A: '1', RACK_TOKEN: 'its own' })
})

test('where its environment does not tell, the heap of its command line is kept', async () => {
  expect(await again({ A: '1' })).toEqual({ A: '1', ES_JAVA_OPTS: '-Xms1g -Xmx1g' })
  expect(await again({ A: '1' }, undefined)).toEqual({ A: '1', ES_JAVA_OPTS: '-Xms1g -Xmx1g' })
})

test('what this environment or the home says comes before that', async () => {
  expect(await again({ ES_JAVA_OPTS: '-Da=b' }, '-Xmx2g')).toEqual({ ES_JAVA_OPTS: '-Da=b' })
  await mkdir(join(config, 'jvm.options.d'))
  await writeFile(join(config, 'jvm.options.d', 'heap.options'), '-Xms512m\n-Xmx512m\n')
  expect(await again({ A: '1' })).toEqual({ A: '1' })
})

test('a node that does not run has nothing to tell', async () => {
  expect(await environmentAgain({ config } as Installation, null, { A: '1' }, look('-Xmx2g'))).toEqual({ A: '1' })
})
