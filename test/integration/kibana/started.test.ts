import { createServer } from 'node:net'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Engine } from '../../../cli/io.ts'
import { endGroup } from '../../../engine/node/end-group.ts'
import { kibanaKeystoreFile } from '../../../engine/kibana/testing/kibana-keystore-file.ts'
import { createEngine } from '../../../engine/router.ts'
import type { KibanaRun } from '../../../shared/contract/kibana.ts'
import { kibanaStandInHome, type StandInHome } from '../../kibana-stand-in/kibana-stand-in-home.ts'

// A Kibana that is started without a cluster: all that has nothing to do with what it connects with. bin/kibana is a program that stands in for it.
const account = { uid: 60_117, gid: 60_117 }

function engineOf(): { engine: Engine; close: () => Promise<void> } {
  const made = createEngine({ kind: 'browser', checkout: null })
  onTestFinished(() => made.close())
  return { engine: createRouterClient(made.router), close: () => made.close() }
}

async function kibana(owner = account): Promise<StandInHome> {
  const home = await kibanaStandInHome('9.4.3', owner)
  onTestFinished(() => home.remove())
  return home
}

async function until(engine: Engine, runId: string, stage: KibanaRun['stage']): Promise<KibanaRun> {
  for await (const event of await engine.kibana.watch({ runId })) if (event.type === 'state' && event.state.stage === stage) return event.state
  throw new Error(`it never came to ${stage}`)
}

const status = (home: StandInHome) => fetch(`http://localhost:${home.port}/api/status`).then((answer) => answer.status)

test('a host that ends leaves a Kibana that still starts to itself', async () => {
  const { engine, close } = engineOf()
  const home = await kibana()
  const { runId, pid } = await engine.kibana.start({ target: { home: home.home }, interactive: true })
  onTestFinished(() => endGroup(pid ?? 0))
  expect(await until(engine, runId, 'waiting')).toMatchObject({ link: `http://localhost:${home.port}/?code=462139` })
  await close()
  expect(await status(home)).toBe(503)
})

test('a start that is asked for twice is one, and one that is stopped is gone whole', async () => {
  const { engine } = engineOf()
  const home = await kibana()
  const [one, other] = [await engine.kibana.start({ target: { home: home.home }, interactive: true }), await engine.kibana.start({ target: { home: home.home }, interactive: true })]
  expect(other.runId).toBe(one.runId)
  await until(engine, one.runId, 'waiting')
  expect(await engine.kibana.stop({ runId: one.runId })).toMatchObject({ stage: 'stopped', link: null })
  await expect(status(home)).rejects.toThrow('fetch failed')
})

test('a page that is reloaded before it heard of the start finds it in the place that the host keeps', async () => {
  const { engine } = engineOf()
  const home = await kibana()
  await engine.host.keepPlace({ step: 'now', target: { home: '/es' }, setupId: 'one', planId: null, workId: null, lines: {} })
  const { runId, pid } = await engine.kibana.start({ target: { home: home.home }, interactive: true })
  onTestFinished(() => endGroup(pid ?? 0))
  expect(await engine.host.place()).toMatchObject({ step: 'now', setupId: 'one', kibanaRunId: runId })
})

test('on a port that somebody has nothing is started', async () => {
  const { engine } = engineOf()
  const home = await kibana()
  const server = createServer()
  await new Promise<void>((listening) => server.listen(home.port, '127.0.0.1', listening))
  onTestFinished(() => void server.close())
  await expect(engine.kibana.start({ target: { home: home.home } })).rejects.toMatchObject({ data: { code: 'kibana_port_taken' } })
})

test('what it prints goes to its log folder, as its own, and is told to those who watch', async () => {
  const { engine } = engineOf()
  const home = await kibana()
  const run = await engine.kibana.start({ target: { home: home.home }, interactive: true })
  onTestFinished(() => endGroup(run.pid ?? 0))
  await until(engine, run.runId, 'waiting')
  expect(run.logFile).toBe(join(home.home, 'logs', 'firstnode-kibana.log'))
  expect(await readFile(run.logFile ?? '', 'utf8')).toContain('Kibana is starting')
})

test('one whose keystore has a password is started only where a file that holds it is named, and gets that name', async () => {
  const { engine } = engineOf()
  const home = await kibana()
  await writeFile(join(home.home, 'config', 'kibana.keystore'), kibanaKeystoreFile({}, 'a password'))
  await expect(engine.kibana.start({ target: { home: home.home }, interactive: true })).rejects.toMatchObject({ data: { code: 'kibana_keystore_locked' } })
  onTestFinished(() => void vi.unstubAllEnvs())
  vi.stubEnv('KBN_KEYSTORE_PASSPHRASE_FILE', '/etc/kibana/passphrase')
  const run = await engine.kibana.start({ target: { home: home.home }, interactive: true })
  onTestFinished(() => endGroup(run.pid ?? 0))
  await until(engine, run.runId, 'waiting')
  expect(await readFile(`/proc/${run.pid}/environ`, 'utf8')).toContain('KBN_KEYSTORE_PASSPHRASE_FILE=/etc/kibana/passphrase')
})

test('without bin/kibana there is nothing to start, and that is said', async () => {
  const { engine } = engineOf()
  const home = await kibana()
  await rm(join(home.home, 'bin', 'kibana'))
  await expect(engine.kibana.start({ target: { home: home.home } })).rejects.toMatchObject({ data: { code: 'kibana_not_startable' } })
})
