import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { callerAccount } from '../../engine/installation/accounts.ts'
import { judge, type Judgement } from '../../engine/preflight/preflight.ts'
import { planRemedy } from '../../engine/security/remedy-plan.ts'
import { codeOf } from '../../engine/security/testing/code-of.ts'
import { Secret } from '../../shared/secret.ts'
import { configurations, type Configuration } from './configurations.ts'
import { oracleHome, type OracleHome } from './home.ts'
import { installationOf } from './ours.ts'
import { randomConfigurations } from './random-configurations.ts'
import { oracleHost } from './stock.ts'

const version = '9.4.3'
const root = process.getuid?.() === 0
const owner = root ? { uid: 1000, gid: 1000 } : null
const runAs = root ? { name: null, uid: 1000, gid: 1000, groups: [1000] } : callerAccount()
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000)
const all = [...configurations, ...randomConfigurations(40, seed)].filter(({ stranger }) => stranger !== true)

function open({ report }: Judgement): string[] {
  return report.checks.filter(({ status }) => status === 'skips' || status === 'blocks').map(({ id }) => id)
}

/** Judges the home, undoes what can be undone as a plan would, and judges it again; null where nothing can be undone. */
async function remedied(home: OracleHome, configuration: Configuration): Promise<{ before: Judgement; after: Judgement } | 'nothing' | 'not editable'> {
  const env = { PATH: process.env.PATH, HOSTNAME: oracleHost, ...configuration.env }
  const keystorePassword = configuration.password === undefined ? null : new Secret(configuration.password)
  const look = async (): Promise<Judgement> =>
    judge(await installationOf(version, home.home, { env, runAs }), { env, openFiles: 1_048_576, ...(keystorePassword === null ? {} : { keystorePassword }) })
  const before = await look()
  const { obstacles } = before
  if (obstacles === null || obstacles.settings.length + obstacles.entries.length === 0) return 'nothing'
  const planning = planRemedy({ installation: await installationOf(version, home.home, { env, runAs }), obstacles, keystorePassword, env })
  if ((await codeOf(() => planning)) === 'settings_not_editable') return 'not editable'
  for (const change of (await planning).plan.changes) {
    if (change.kind !== 'write') throw new Error(`${configuration.name}: a remedy only writes`)
    expect(['elasticsearch.yml', 'elasticsearch.keystore'].map((name) => join(home.config, name))).toContain(change.path)
    if (basename(change.path) === 'elasticsearch.yml') expect(wordsOf(change.content)).toBe(wordsOf(await readFile(change.path)))
    await writeFile(change.path, change.content)
  }
  return { before, after: await look() }
}

/** Of what is commented out nothing is lost; only braces lose something. */
function wordsOf(yml: Uint8Array): string {
  const text = new TextDecoder().decode(yml)
  return text.includes('{') ? '' : text.replaceAll(/[#\s]/g, '')
}

test(`whatever can be undone is undone, on every configuration that stock was asked about and on others (seed ${seed})`, async () => {
  const outcomes = { undone: 0, nothing: 0, notEditable: [] as string[] }
  const ask = async (configuration: Configuration): Promise<void> => {
    const home = await oracleHome({ tree: null, version, owner })
    try {
      await configuration.prepare(home)
      await home.settle()
      const result = await remedied(home, configuration)
      if (result === 'nothing') outcomes.nothing++
      else if (result === 'not editable') outcomes.notEditable.push(configuration.name)
      else {
        outcomes.undone++
        const stays = result.before.report.checks.filter(({ id, undoable }) => undoable !== true && open(result.before).includes(id)).map(({ id }) => id)
        expect({ [configuration.name]: open(result.after) }).toEqual({ [configuration.name]: stays })
      }
    } finally {
      await home.destroy()
    }
  }
  const left = [...all]
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await ask(next)
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  expect(outcomes.undone).toBeGreaterThan(30)
  expect(outcomes.notEditable.length).toBeLessThan(outcomes.undone / 4)
}, 120_000)
