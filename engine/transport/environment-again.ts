import type { Installation } from '../../shared/contract/installation.ts'
import type { RunningNode } from '../../shared/contract/setup.ts'
import { environmentOf } from '../node/process-table.ts'
import { referredVariables } from '../node/referred-variables.ts'
import { serverProcesses } from '../node/server-processes.ts'
import { heapOf } from '../preflight/heap.ts'

/** How the running node is looked at; a parameter, so that others can be played. */
export interface LookAtProcess {
  /** an environment variable of it: undefined where it cannot be seen, null where it is not set */
  readonly variable: (pid: number, name: string) => Promise<string | null | undefined>
  /** its command line; null where it is not found */
  readonly line: (installation: Installation, pid: number) => Promise<string | null>
}

/**
 * The environment to start a node again in: this process's, with what the node was told at its own start and nowhere else. Those are variables that its files refer to, and its
 * `ES_JAVA_OPTS` (8.x keeps them in its environment), else its heap where neither the home nor this environment names one (9.x keeps it in its command line alone).
 */
export async function environmentAgain(installation: Installation, running: RunningNode | null, env: NodeJS.ProcessEnv = process.env, look: LookAtProcess = lookHere): Promise<NodeJS.ProcessEnv> {
  if (running === null) return env
  const missing = [...(await referredVariables(installation.config))].filter((name) => env[name] === undefined)
  const found = await Promise.all(missing.map(async (name) => [name, (await look.variable(running.pid, name)) ?? undefined] as const))
  return withOptions(installation, running, { ...env, ...Object.fromEntries(found.filter(([, value]) => value !== undefined)) }, look)
}

async function withOptions(installation: Installation, running: RunningNode, env: NodeJS.ProcessEnv, look: LookAtProcess): Promise<NodeJS.ProcessEnv> {
  if (env.ES_JAVA_OPTS !== undefined) return env
  const given = (await look.variable(running.pid, 'ES_JAVA_OPTS')) ?? null
  if (given !== null) return { ...env, ES_JAVA_OPTS: given }
  if ((await heapOf(installation, env)) !== null) return env
  const line = (await look.line(installation, running.pid)) ?? ''
  const heap = ['-Xms', '-Xmx'].flatMap((name) => [...line.matchAll(new RegExp(`(?<=\\s)${name}\\d+[kmgKMG]?(?=\\s)`, 'g'))].at(-1)?.[0] ?? [])
  return heap.length === 2 ? { ...env, ES_JAVA_OPTS: heap.join(' ') } : env
}

const lookHere: LookAtProcess = {
  variable: environmentOf,
  line: async (installation, pid) => (await serverProcesses(installation)).find((one) => one.pid === pid)?.line ?? null,
}
