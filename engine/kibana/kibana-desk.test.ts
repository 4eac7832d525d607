import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Stopping } from '../../test/support/plan/stopping.ts'
import { applyKibana } from './kibana-changes.ts'
import { KibanaDesk } from './kibana-desk.ts'
import { inspectKibana } from './kibana-home.ts'
import { planKibana } from './kibana-plan.ts'
import { enrolled } from './testing/enrolled.ts'
import { kibanaFolder } from './testing/kibana-folder.ts'

test('a Kibana whose connecting was killed is named unfinished, is not started, and an undo ends it', async () => {
  const stopping = new Stopping()
  onTestFinished(() => stopping.bury())
  const home = await kibanaFolder({ launcher: '#!/bin/sh\n' })
  const kibana = await inspectKibana({ home })
  const plan = await planKibana(kibana, enrolled, 1_764_064_000_000)
  const steps: string[] = []
  const note = async (step: string): Promise<void> => void steps.push(step)
  await applyKibana(kibana, plan, { beforeStep: note })
  const desk = new KibanaDesk()
  expect(await desk.look({ home })).not.toHaveProperty('unfinished')
  await desk.undo({ home })

  await stopping.until(steps.indexOf('settle the settings'), (beforeStep) => applyKibana(kibana, plan, { beforeStep }))
  expect(await desk.look({ home })).toMatchObject({ unfinished: { kind: 'kibana', code: 'unfinished_kibana', command: 'kibana' }, undoable: true })
  await expect(desk.start({ home })).rejects.toMatchObject({ code: 'unfinished_kibana' })
  const { kibana: view, sentences } = await desk.undo({ home })
  expect(sentences.join(' ')).toContain(join(home, 'config', 'kibana.yml'))
  expect(view).not.toHaveProperty('unfinished')
})
