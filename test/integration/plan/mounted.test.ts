import { execFile } from 'node:child_process'
import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { lockHome } from '../../../engine/plan/lock.ts'
import { runPreflight } from '../../../engine/preflight/preflight.ts'
import { refusalOf } from '../../../engine/preflight/refusal.ts'
import { goodMachine, installationOf } from '../../oracle/ours.ts'
import { oracleHome, type OracleHome } from '../../oracle/home.ts'
import { folderTree } from '../../support/folder-tree.ts'
import { needsRoot } from '../../support/needs-root.ts'
import { sampleConfig, sampleOwner, samplePlan, type Sample } from '../../support/plan/sample-config.ts'

const execute = promisify(execFile)
const account = { name: null, uid: 1000, gid: 1000, groups: [1000] }
const mounted: string[] = []
let home: OracleHome
let sample: Sample

beforeEach(async () => {
  needsRoot('mounts single files of a configuration')
  home = await oracleHome({ tree: null, version: '9.4.3', owner: account })
  await home.settle()
  sample = await sampleConfig()
})
afterEach(async () => {
  for (const path of mounted.splice(0).toReversed()) await execute('umount', [path])
  await home.destroy()
  await sample.remove()
})

/** Makes what is there a mount point of its own, as a container does that is given one file. */
async function mountAlone(path: string): Promise<void> {
  await execute('mount', ['--bind', path, path])
  mounted.push(path)
}

async function check(settings?: string) {
  if (settings !== undefined) await writeFile(join(home.config, 'elasticsearch.yml'), settings)
  const installation = await installationOf('9.4.3', home.home, { env: {}, runAs: account })
  return runPreflight(installation, { env: { HOSTNAME: 'here' }, ...goodMachine })
}

test.each(['elasticsearch.yml', 'elasticsearch.keystore', 'certs'])('a %s that is a mount point is foreseen, and the whole folder is no obstacle', async (name) => {
  const path = join(home.config, name)
  if (name === 'certs') await mkdir(path)
  if (name === 'elasticsearch.keystore') await home.keystore('plain')
  await chown(path, account.uid, account.gid)
  await mountAlone(path)
  const report = await check()
  expect(report).toMatchObject({ verdict: 'blocked', decidedBy: 'mounts', reason: `${path} is a mount point, so it cannot be replaced or renamed.` })
  expect(refusalOf(report)?.code).toBe('mounted_alone')
  for (const one of mounted.splice(0)) await execute('umount', [one])
  await mountAlone(home.config)
  expect(await check()).toMatchObject({ verdict: 'ready' })
})

test('where Elasticsearch would write nothing a mounted file does not matter', async () => {
  const path = join(home.config, 'certs')
  await mkdir(path)
  await chown(path, account.uid, account.gid)
  await mountAlone(path)
  expect(await check('xpack.security.enabled: false\n')).toMatchObject({ verdict: 'skipped', decidedBy: 'security-enabled' })
})

test('a plan that would replace a mount point is refused before its first change', async () => {
  const { config } = sample
  const plan = await samplePlan(config)
  const replaced = plan.changes.find((change) => change.kind === 'write' && change.replaces !== null)
  if (replaced?.kind !== 'write') throw new Error('the sample plan replaces nothing')
  await mountAlone(replaced.path)
  const before = await folderTree(config)
  const lock = await lockHome({ config })
  try {
    await expect(applyPlan(plan, { config, owner: sampleOwner })).rejects.toMatchObject({ code: 'mounted_alone', remedy: expect.stringContaining(config) as string })
  } finally {
    await lock.release()
  }
  expect(await folderTree(config)).toEqual(before)
  expect((await stat(replaced.path)).isFile()).toBe(true)
  expect(await readFile(replaced.path)).not.toEqual(Buffer.from(replaced.content))
})
