import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Secret } from '../../shared/secret.ts'
import { applyPlan } from '../plan/apply.ts'
import type { SetupDesk } from '../setup/setup-desk.ts'
import { draftEnv } from './env-draft.ts'
import { gather } from './handout.ts'
import { HandoutDesk } from './handout-desk.ts'

const handover = { url: 'https://localhost:1', password: new Secret('word'), caFingerprint: 'ab', caCertificate: '/es/config/certs/http_ca.crt', tls: { caPem: '' } }
const setups = { live: () => ({ handover }) } as unknown as SetupDesk
const wish = { asked: { target: { home: '/es' }, setupId: 'one' } }

test('a save that was interrupted is undone before the next is compared, which says so before all else', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'firstnode-project-')))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, '.env')
  await writeFile(path, 'PORT=3000\n')
  const { plan, owner } = await draftEnv(await gather(setups, wish, undefined), { folder, gitignore: false })
  await applyPlan(plan, { config: folder, owner })
  const desk = new HandoutDesk(setups)
  const { sentences } = await desk.previewEnv(wish, { folder, gitignore: false }, undefined)
  expect(sentences[0]).toBe(`An earlier save to this folder was interrupted. Firstnode undid it first: ${path}.`)
  expect(await readFile(path, 'utf8')).toBe('PORT=3000\n')
  expect(await readdir(folder)).toEqual(['.env'])
  expect((await desk.previewEnv(wish, { folder, gitignore: false }, undefined)).sentences[0]).not.toContain('interrupted')
})
