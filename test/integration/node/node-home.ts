import { execFile, type ExecFileException } from 'node:child_process'
import { appendFile, chown } from 'node:fs/promises'
import { join } from 'node:path'
import { readHomeSettings } from '../../../engine/installation/home-settings.ts'
import { inspect } from '../../../engine/installation/inspect.ts'
import { applyPlan } from '../../../engine/plan/apply.ts'
import { settle } from '../../../engine/plan/settled.ts'
import { planFirstNode } from '../../../engine/security/first-node.ts'
import { runningKeys } from '../../../engine/security/testing/small-keys.ts'
import { firstNodeFacts } from '../../../engine/setup/first-node-facts.ts'
import type { Installation } from '../../../shared/contract/installation.ts'
import { Secret } from '../../../shared/secret.ts'
import { freePorts } from '../../support/free-ports.ts'
import { freshHome, type FreshHome, type PracticeVersion } from '../../support/fresh-home.ts'
import { quickTool } from '../../support/quick-tool.ts'

/** A home whose settings name its ports, so that tests side by side do not meet. */
export interface NodeHome extends FreshHome {
  readonly httpPort: number
  readonly transportPort: number
  readonly url: string
  inspect(): Promise<Installation>
  /** runs a program of the home's bin folder as its owner; rejects where it fails */
  tool(name: string, args: readonly string[], input?: string): Promise<string>
  /** the same for one that is ended from outside: gives when it has ended, however that was */
  begin(name: string, args: readonly string[], input: string): Promise<void>
}

/** A home without security, which starts with `settings` added to its elasticsearch.yml. `http`: a range of ports instead of one. */
export async function nodeHome(version: PracticeVersion, settings: readonly string[], name?: string, http?: string): Promise<NodeHome> {
  const fresh = await freshHome(version, name)
  const { http: httpPort, transport: transportPort } = await freePorts()
  const yml = join(fresh.home, 'config', 'elasticsearch.yml')
  await appendFile(yml, ['', 'node.name: n1', `http.port: ${http ?? httpPort}`, `transport.port: ${transportPort}`, ...settings, ''].join('\n'))
  const env = { PATH: process.env.PATH ?? '', ES_JAVA_HOME: fresh.java, LC_ALL: 'C.UTF-8' }
  return {
    ...fresh,
    httpPort,
    transportPort,
    url: `https://localhost:${httpPort}`,
    inspect: () => inspect({ home: fresh.home }, { ...process.env, ES_JAVA_HOME: fresh.java }),
    tool: (tool, args, input = '') => run(join(fresh.home, 'bin', tool), args, { input, env: { ...env, ...quickTool(tool) }, ...fresh.account }),
    begin: async (tool, args, input) => {
      await run(join(fresh.home, 'bin', tool), args, { input, env: { ...env, ES_JAVA_OPTS: '-Xms512m -Xmx512m' }, ...fresh.account }).catch(() => undefined)
    },
  }
}

/** A home set up by Firstnode, with a password for its keystore where one is given. */
export interface SecuredHome extends NodeHome {
  readonly password: Secret
  readonly keystorePassword: Secret | null
  readonly caPem: string
  readonly caPath: string
  readonly caFingerprint: string
}

/** `madeAt`: when its certificates begin, so that they end as much sooner. */
export async function securedHome(version: PracticeVersion, how: { name?: string; keystorePassword?: Secret; madeAt?: Date; settings?: readonly string[] } = {}): Promise<SecuredHome> {
  const home = await nodeHome(version, how.settings ?? [], how.name)
  const keystorePassword = how.keystorePassword ?? null
  const keys = runningKeys()
  if (keystorePassword !== null) await home.tool('elasticsearch-keystore', ['create', '-p'], `${keystorePassword.reveal()}\n${keystorePassword.reveal()}\n`)
  const installation = await home.inspect()
  const { settings } = await readHomeSettings(installation)
  const facts = await firstNodeFacts(installation, settings, {})
  const input = { installation, facts, answers: {}, elasticPassword: new Secret('an elastic pässword'), keystorePassword, now: how.madeAt ?? new Date() }
  const { plan, password, caPem, caPath, caFingerprint } = await planFirstNode({ ...input, keys: await keys })
  await applyPlan(plan, { config: installation.config, owner: installation.runAs })
  await settle(installation.config)
  return { ...home, password, keystorePassword, caPem, caPath, caFingerprint }
}

export async function giveTo(path: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, uid, gid)
}

function run(program: string, args: readonly string[], options: { input: string; env: Record<string, string>; uid: number; gid: number }): Promise<string> {
  const { input, env, uid, gid } = options
  const asOwner = process.getuid?.() === 0 ? { uid, gid } : {}
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], { env, ...asOwner }, (failed: ExecFileException | null, stdout, stderr) => {
      if (failed === null) resolve(stdout)
      else reject(new Error(`${program} ${args.join(' ')} ended with ${failed.code}: ${stdout}${stderr}`))
    })
    child.stdin?.end(input)
  })
}
