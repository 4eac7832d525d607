import { readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { callerAccount } from '../../engine/installation/accounts.ts'
import { judge, type Judgement } from '../../engine/preflight/preflight.ts'
import { planRemedy } from '../../engine/security/remedy-plan.ts'
import { codeOf } from '../../engine/security/testing/code-of.ts'
import { Secret } from '../../shared/secret.ts'
import { configurations, type Configuration } from './configurations.ts'
import { oracleHome, type OracleHome } from './home.ts'
import { goodMachine, installationOf } from './ours.ts'
import { randomConfigurations } from './random-configurations.ts'
import { oracleHost } from './stock.ts'

const version = '9.4.3'
const root = process.getuid?.() === 0
const owner = root ? { uid: 1000, gid: 1000 } : null
const runAs = root ? { name: null, uid: 1000, gid: 1000, groups: [1000] } : callerAccount()
const seed = Number(process.env.ORACLE_SEED ?? Date.now() % 1_000_000)
const all = [...configurations, ...randomConfigurations(40, seed)].filter(({ stranger, needsRoot }) => stranger !== true && needsRoot !== true)

function open({ report }: Judgement): string[] {
  return report.checks.filter(({ status }) => status === 'skips' || status === 'blocks').map(({ id }) => id)
}

interface Outcome {
  readonly name: string
  readonly how: 'nothing to undo' | 'not editable' | 'undone'
  /** checks that are open after it, and those that should be */
  readonly open: readonly string[]
  readonly expected: readonly string[]
  /** what a remedy must never do */
  readonly faults: readonly string[]
}

/** Judges the home, undoes what can be undone as a plan would, and judges it again. */
async function remedied(home: OracleHome, configuration: Configuration): Promise<Outcome> {
  const { name } = configuration
  const env = { PATH: process.env.PATH, HOSTNAME: oracleHost, ...configuration.env }
  const keystorePassword = configuration.password === undefined ? null : new Secret(configuration.password)
  const look = async (): Promise<Judgement> =>
    judge(await installationOf(version, home.home, { env, runAs }), { env, ...goodMachine, mountPoints: new Set(home.mounted), ...(keystorePassword === null ? {} : { keystorePassword }) })
  const before = await look()
  const { obstacles } = before
  if (obstacles === null || obstacles.settings.length + obstacles.entries.length === 0) return { name, how: 'nothing to undo', open: [], expected: [], faults: [] }
  const planning = planRemedy({ installation: await installationOf(version, home.home, { env, runAs }), obstacles, keystorePassword, env })
  if ((await codeOf(() => planning)) === 'settings_not_editable') return { name, how: 'not editable', open: [], expected: [], faults: [] }
  const faults: string[] = []
  for (const change of (await planning).plan.changes) {
    if (change.kind !== 'write') throw new Error(`${name}: a remedy only writes`)
    if (dirname(change.path) !== home.config) faults.push(`it writes ${change.path}`)
    if (change.path.endsWith('.yml') && wordsOf(change.content) !== wordsOf(await readFile(change.path))) faults.push('something in the settings is lost')
    await writeFile(change.path, change.content)
  }
  const undoable = new Set(before.report.checks.filter((check) => check.undoable === true).map(({ id }) => id))
  return { name, how: 'undone', open: open(await look()), expected: open(before).filter((id) => !undoable.has(id)), faults }
}

/** Of what is commented out nothing is lost; only braces lose something. */
function wordsOf(yml: Uint8Array): string {
  const text = new TextDecoder().decode(yml)
  return text.includes('{') ? '' : text.replaceAll(/[#\s]/g, '')
}

async function outcomeOf(configuration: Configuration): Promise<Outcome> {
  const home = await oracleHome({ tree: null, version, owner })
  try {
    await configuration.prepare(home)
    await home.settle()
    return await remedied(home, configuration)
  } finally {
    await home.destroy()
  }
}

test(`whatever can be undone is undone, on every configuration that stock was asked about and on others (seed ${seed})`, async () => {
  const left = [...all]
  const outcomes: Outcome[] = []
  const worker = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) outcomes.push(await outcomeOf(next))
  }
  await Promise.all(Array.from({ length: 8 }, worker))
  const undone = outcomes.filter(({ how }) => how === 'undone')
  expect(outcomes.filter(({ faults }) => faults.length > 0)).toEqual([])
  expect(undone.map(({ name, open }) => [name, open])).toEqual(undone.map(({ name, expected }) => [name, expected]))
  expect(undone.length).toBeGreaterThan(30)
  expect(outcomes.filter(({ how }) => how === 'not editable').length).toBeLessThan(undone.length / 4)
}, 120_000)
