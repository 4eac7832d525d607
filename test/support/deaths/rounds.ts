import { appendFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../../engine/installation/inspect.ts'
import { readRecord } from '../../../engine/plan/record.ts'
import { scriptedCluster } from '../../../engine/kibana/testing/scripted-cluster.ts'
import { filesWith, makePlace, password, type Ended, type Place } from './place.ts'
import { makeRunning, makeStates, scenariosOf, type Scenario } from './scenarios.ts'
import { folderContent, folderTree } from '../folder-tree.ts'
import { long } from '../long.ts'
import { needsRoot } from '../needs-root.ts'

/** Each call fails with one of these, in turn. */
const errors = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'EACCES', 'EPERM', 'EBUSY', 'ENAMETOOLONG', 'ELOOP', 'ENOENT', 'ETXTBSY'] as const

/** Only the counts are wanted. */
const counting = process.env.FIRSTNODE_DEATHS === 'count'
let place: Place
const counts: string[] = []
const noToken = { ver: '', adr: [], fgr: '', key: '' }

/**
 * Declares the tests of these deeds: killed before every call that changes the disk, and every call made to fail, of each command that writes.
 * Gives the place that they run in, which is there once tests run.
 */
export function everyRound(deeds: readonly ('killed' | 'failed')[]): () => Place {
  const names = scenariosOf({ home: '', folder: '', ports: [] } as unknown as Place, noToken)
  const wanted = names.filter(({ failed, sample }) => (long ? deeds.includes('killed') || failed : sample[0] + sample[1] > 0)).map(({ name }) => name)

  beforeAll(async () => {
    needsRoot('runs Firstnode as another account')
    place = await makePlace()
    await makeStates(place)
  })
  afterAll(async () => {
    await place.run(['stop', '--home', place.home])
    place.remove()
    process.stdout.write(`\nFailpoints (killed, failed):\n${counts.join('\n')}\n`)
  })

  test.each(wanted)(`%s: ${deeds.join(' and ')} at every call to the disk, the next command leaves the home byte for byte`, { timeout: 7_200_000 }, async (name) => {
    const cluster = await scriptedCluster()
    const scenario = scenariosOf(place, cluster.token).find((one) => one.name === name)
    if (scenario === undefined) throw new Error(`there is no ${name}`)
    if (scenario.from === 'running') await makeRunning(place)
    const wrong: string[] = []
    const calls = await callsOf(scenario)
    const done = JSON.stringify(scenario.isHome ? await configNow() : [])
    const kills = !deeds.includes('killed') ? [] : chosen(calls.flatMap((call, index) => (call.startsWith('change ') ? [index] : [])).map((_, number) => number), scenario.sample[0])
    const fails = scenario.failed && deeds.includes('failed') ? chosen(firstOfEach(calls), scenario.sample[1]) : []
    if (!counting) for (const at of kills) wrong.push(...(await killed(scenario, at, done)))
    const tally: Record<string, number> = {}
    for (const [turn, at] of fails.entries()) {
      const inTurn = errors[(turn + at) % errors.length] ?? 'EIO'
      // What a removal finds missing is gone, which is what it was for; and what is open is there.
      const code = inTurn === 'ENOENT' && / (?:unlink|rmdir|rm|read) /.test(calls[at] ?? '') ? 'EIO' : inTurn
      tally[code] = (tally[code] ?? 0) + 1
      if (!counting) wrong.push(...(await failed(scenario, at, code)))
    }
    counts.push(`${name.padEnd(32)} ${String(kills.length).padStart(4)} ${String(fails.length).padStart(4)}  ${Object.entries(tally).map(([code, count]) => `${code} ${count}`).join(', ')}`)
    if (process.env.FIRSTNODE_DEATHS_LOG !== undefined) await appendFile(process.env.FIRSTNODE_DEATHS_LOG, `${counts.at(-1) ?? ''}\n${wrong.join('\n')}\n`)
    expect(wrong).toEqual([])
    expect(kills.length + fails.length).toBeGreaterThan(0)
  })
  return () => place
}

/** What a scenario calls, in order, where nothing fails. */
export async function callsOf({ from, args, how }: Scenario): Promise<readonly string[]> {
  place.again(from)
  const { code, out, err, calls } = await place.run(args, { ...how, failpoints: { what: null } })
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${out}${err}`)
  return calls
}

/** `done`: the configuration as the command leaves it that nobody kills. */
async function killed(scenario: Scenario, at: number, done: string): Promise<string[]> {
  const { from, args, how, isHome } = scenario
  place.again(from)
  const before = await configNow()
  const { signal, calls, out } = await place.run(args, { ...how, failpoints: { what: 'kill', at } })
  const where = `killed at ${at} (${calls.at(-1)?.replace(place.folder, '') ?? ''})`
  if (signal !== 'SIGKILL') return [`${where}: it was not killed: ${out}`]
  const wrong: string[] = []
  const now = JSON.stringify(await configNow())
  if (isHome && now !== JSON.stringify(before) && now !== done) {
    const { unfinished } = await inspect({ home: place.home })
    // Once somebody has the password a setup stands, also where its journal is not settled yet; and what is put back whole leaves nothing to end.
    const stands = (await readRecord(place.config))?.stage === 'handed-over' || now === JSON.stringify(await configNow(scenario.end.like))
    if (unfinished === undefined && !stands) wrong.push(`${where}: nothing says that it is unfinished`)
  }
  // Between the end of our folder and its own time, nothing tells what that was.
  const timesToo = !/ utimes \S*config$/.test(calls.at(-1) ?? '')
  return [...wrong, ...(await ended(scenario, where, timesToo))]
}

async function failed(scenario: Scenario, at: number, code: string): Promise<string[]> {
  const { from, args, how } = scenario
  place.again(from)
  const run = await place.run(args, { ...how, failpoints: { what: 'fail', at, code } })
  const where = `${code} at ${at} (${run.calls[at]?.replace(place.folder, '') ?? ''})`
  if (run.signal !== null) return [`${where}: it died of ${run.signal}`]
  // Times are a courtesy: what did all of its work did not fail for them.
  return [...wrongWords(run, where), ...(await ended(scenario, where, run.code !== 0))]
}

function wrongWords({ code, out, err }: Ended, where: string): string[] {
  if (code === 0) return []
  // What fails after the answer was given is told on standard error.
  const told = codeOf(out) ?? /\((\w+)\)\s*$/.exec(err)?.[1] ?? null
  const isTrue = told !== null && told !== 'unexpected' && !/\/proc\/self\/fd/.test(`${out}${err}`)
  return isTrue ? [] : [`${where}: it says ${out}${err.slice(-300)}`]
}

/** Runs what ends it, and compares. */
async function ended({ next, nextHow, refusals, end, secretIn = [], compared = '' }: Scenario, where: string, timesToo: boolean): Promise<string[]> {
  const wrong: string[] = []
  for (const args of next) {
    const run = await place.run(args, nextHow)
    if (run.code !== 0 && !refusals.includes(codeOf(run.out) ?? '')) wrong.push(`${where}: then ${args[0] ?? ''} ended with ${run.code}: ${run.out}${run.err.slice(-300)}`)
  }
  const tree = end.times && timesToo ? folderTree : folderContent
  const now = (await tree(join(place.folder, compared))).map(withoutOwnTimes)
  const like = (await tree(join(place.folder, '..', 'kept', end.like, compared))).map(withoutOwnTimes)
  const odd = [...now.filter((line) => !like.includes(line)), ...like.filter((line) => !now.includes(line)).map((line) => `missing: ${line}`)]
  const allowed = odd.filter((line) => !secretIn.some((path) => path.endsWith(` ${line}`)))
  // What is written with a date in it differs, and is compared by its name and mode.
  const differs = secretIn.length === 0 ? allowed : allowed.filter((line) => !/^(?:missing: )?(?:access|import|\.env|\. )/.test(line))
  if (differs.length > 0) wrong.push(`${where}: then it is not as it should be:\n    ${differs.join('\n    ')}`)
  const secrets = filesWith(place.folder, password).filter((path) => !secretIn.includes(path))
  if (secrets.length > 0) wrong.push(`${where}: the password is left in ${secrets.join(', ')}`)
  return wrong
}

function codeOf(out: string): string | null {
  try {
    return (JSON.parse(out) as { error?: { code?: string } }).error?.code ?? null
  } catch {
    return null
  }
}

/** Where Firstnode keeps a folder of its own, the times in it mean nothing. */
const withoutOwnTimes = (line: string): string => (line.split(' ')[0]?.includes('.firstnode') ? line.replace(/ @\d+/, '') : line)

/** The configuration as it is now, or in a state that was kept. */
async function configNow(state?: string): Promise<string[]> {
  const config = state === undefined ? place.config : join(place.folder, '..', 'kept', state, basename(place.home), 'config')
  return (await folderContent(config)).filter((line) => !line.startsWith('.firstnode') && !line.startsWith('. '))
}

/** The first call of each kind at each place, since those that are repeated fail alike: every one that changes something or makes it last, and every third that reads. */
function firstOfEach(calls: readonly string[]): number[] {
  const seen = new Set<string>()
  let reads = 0
  return calls.flatMap((call, index) => {
    const plain = call.replaceAll(/[0-9a-f]{12,}/g, 'X').replaceAll(/\.\d{6}\b/g, '.N').replaceAll(/lock\.\d+/g, 'lock')
    if (seen.has(plain)) return []
    seen.add(plain)
    return !call.startsWith('read ') || reads++ % 3 === 0 ? [index] : []
  })
}

/** All of them in the long run (each Nth with FIRSTNODE_DEATHS=N); else so many, spread over the whole. */
function chosen(all: readonly number[], most: number): readonly number[] {
  const each = counting ? 1 : Number(process.env.FIRSTNODE_DEATHS ?? 1)
  if (long) return all.filter((_, index) => index % each === 0)
  return Array.from({ length: Math.min(most, all.length) }, (_, turn) => all[Math.floor(((turn + 0.5) * all.length) / most)] ?? 0)
}
