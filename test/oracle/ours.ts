import { join } from 'node:path'
import { callerAccount, ownerOf } from '../../engine/installation/accounts.ts'
import { readHomeSettings } from '../../engine/installation/home-settings.ts'
import { pathsOf } from '../../engine/installation/inspect.ts'
import { runPreflight, type PreflightOptions } from '../../engine/preflight/preflight.ts'
import type { Account, Installation } from '../../shared/contract/installation.ts'
import type { PreflightReport } from '../../shared/contract/preflight.ts'
import { Secret } from '../../shared/secret.ts'
import type { Configuration } from './configurations.ts'
import { oracleHome } from './home.ts'
import { oracleHost } from './stock.ts'

const gigabyte = 1024 ** 3

/** A machine whose limits and addresses stand in the way of nothing. */
export const goodMachine: Pick<PreflightOptions, 'limits' | 'here'> = {
  limits: { openFiles: Infinity, threads: Infinity, virtualMemory: Infinity, fileSize: Infinity, lockedMemory: Infinity },
  here: {
    interfaces: {
      lo: [{ address: '127.0.0.1', internal: true }, { address: '::1', internal: true }],
      eth0: [{ address: '10.0.0.5', internal: false }],
    },
    platform: 'linux',
    lookup: () => Promise.resolve(['127.0.0.1']),
    canBind: () => Promise.resolve(true),
    plugins: [],
  },
}
/** An account of no importance that owns the homes where root asks; as in `stock.ts` the stranger is the next one. */
const ordinary = { uid: 1000, gid: 1000 }

/**
 * Firstnode's report on a configuration, on a skeleton of a home: no Java is asked. What the machine is like (Java, ports, disk,
 * memory, limits) is taken as good, because stock's tool does not look at it either.
 */
export async function askOurs(version: string, configuration: Configuration): Promise<PreflightReport> {
  const root = process.getuid?.() === 0
  const home = await oracleHome({ tree: null, version, owner: root ? ordinary : null })
  const env = { PATH: process.env.PATH, HOSTNAME: oracleHost, ...configuration.env }
  try {
    await configuration.prepare(home)
    await home.settle()
    const installation = await installationOf(version, home.home, { env, runAs: runner(configuration, root) })
    const password = configuration.password === undefined ? {} : { keystorePassword: new Secret(configuration.password) }
    return await runPreflight(installation, { env, ...goodMachine, mountPoints: new Set(home.mounted), ...password })
  } finally {
    await home.destroy()
  }
}

function runner({ stranger }: Configuration, root: boolean): Account | null {
  const owner = root ? ordinary : callerAccount()
  if (owner === null || (!root && stranger !== true)) return null
  const uid = owner.uid + (stranger === true ? 1 : 0)
  const gid = owner.gid + (stranger === true ? 1 : 0)
  return { name: null, uid, gid, groups: [gid] }
}

/** What inspecting a skeleton would say on a machine on which nothing stands in the way. */
export async function installationOf(version: string, home: string, { env, runAs }: { env: NodeJS.ProcessEnv; runAs: Account | null }): Promise<Installation> {
  const config = join(home, 'config')
  const { settings } = await readHomeSettings({ home, config, layout: 'archive', runAs }, { env })
  return {
    home,
    version,
    major: Number.parseInt(version, 10),
    layout: 'archive',
    config,
    configSource: 'layout',
    ...pathsOf(home, settings),
    owner: await ownerOf(home),
    runAs,
    java: { home: '/java', executable: '/java/bin/java', major: 21, version: '21.0.1', source: 'ES_JAVA_HOME' },
    javaTrouble: null,
    javaNeeds: { min: 17, max: null },
    disk: { path: home, freeBytes: 100 * gigabyte, totalBytes: 200 * gigabyte },
    memory: { freeBytes: 8 * gigabyte, totalBytes: 16 * gigabyte },
    ports: { http: 9200, httpNamed: false, httpTaken: false, transport: 9300, transportNamed: false, transportTaken: false },
    maxMapCount: 1_048_576,
    practice: false,
    state: 'new',
    stateReason: null,
  }
}
