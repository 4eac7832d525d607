import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeEnrollmentToken, type EnrollmentToken } from '../../../shared/enrollment-token.ts'
import { sampleConfig } from '../plan/sample-config.ts'
import { account, password, type Ended, type Place, type Run } from './place.ts'

/** A command that writes: from which state it begins, and what ends what a death of it leaves. */
export interface Scenario {
  readonly name: string
  /** the state of the place it begins from */
  readonly from: string
  readonly args: readonly string[]
  readonly how?: Run
  /** the commands that end what is left, one after the other; `refusals`: how they may end where nothing is left */
  readonly next: readonly (readonly string[])[]
  readonly nextHow?: Run
  readonly refusals: readonly string[]
  /** what the place is like then: as this state, byte for byte; or the same but for times, since it was written anew */
  readonly end: { readonly like: string; readonly times: boolean }
  /** files that may hold the password then */
  readonly secretIn?: readonly string[]
  /** below the place: what is compared */
  readonly compared?: string
  /** a home that says what is unfinished */
  readonly isHome: boolean
  /** whether its calls are made to fail as well; those of its sisters are the same */
  readonly failed: boolean
  /** in `npm test` so many are killed, and so many fail */
  readonly sample: readonly [number, number]
}

const secret = { env: { ELASTIC_PASSWORD: password } }

export function scenariosOf(place: Place, token: EnrollmentToken): Scenario[] {
  const { home, folder, ports } = place
  const of = (command: string, ...more: string[]): string[] => [command, '--home', home, ...more, '--json']
  const undo = of('undo', '--yes')
  const up = of('up', '--password-stdin', ...ports)
  const firstPassword = { stdin: `${password}\n` }
  const [project, kibana] = [join(folder, 'project'), join(folder, 'kibana')]
  const save = (format: string, file: string): Scenario => {
    const args = of('save', '--format', format, '--to', file, ...(format === 'env' ? [] : ['--replace']), ...(format === 'openpgp' ? ['--passphrase-stdin'] : []))
    const how = { ...secret, ...(format === 'openpgp' ? { stdin: 'a long passphrase\n' } : {}) }
    const written = format === 'env' ? join(file, '.env') : file
    return { name: `save ${format}`, from: 'set up', args, how, next: [args], nextHow: how, refusals: [], end: { like: `saved ${format}`, times: false }, secretIn: [written], compared: 'project', failed: format === 'plain' || format === 'env', isHome: false, sample: format === 'env' || format === 'plain' ? [1, 1] : [0, 0] }
  }
  const whole = { like: 'fresh', times: true }
  const kibanaUndo = ['kibana', '--kibana-home', kibana, '--undo', '--json']
  return [
    ...plansOf(folder),
    { name: 'up', from: 'fresh', args: up, how: firstPassword, next: [undo], refusals: ['nothing_to_undo'], end: whole, failed: true, isHome: true, sample: [2, 1] },
    { name: 'up by root, then its owner', from: 'fresh', args: up, how: { ...firstPassword, as: 'root' }, next: [undo], refusals: ['nothing_to_undo'], end: whole, failed: false, isHome: true, sample: [1, 0] },
    { name: 'undo', from: 'set up', args: undo, next: [undo], refusals: ['nothing_to_undo'], end: whole, failed: true, isHome: true, sample: [1, 0] },
    { name: 'undo of an up that was killed', from: 'killed', args: undo, next: [undo], refusals: ['nothing_to_undo'], end: whole, failed: false, isHome: true, sample: [1, 0] },
    { name: 'prepare', from: 'in the way', args: of('prepare', '--yes'), next: [of('prepare', '--yes'), undo], refusals: [], end: { like: 'in the way', times: true }, failed: true, isHome: true, sample: [1, 1] },
    { name: 'open', from: 'set up', args: of('open', '--transport-host', '127.0.0.1', '--yes'), next: [of('open', '--undo', '--yes')], refusals: ['nothing_opened'], end: { like: 'set up', times: true }, failed: true, isHome: true, sample: [1, 1] },
    { name: 'open --undo', from: 'opened', args: of('open', '--undo', '--yes'), next: [of('open', '--undo', '--yes')], refusals: ['nothing_opened'], end: { like: 'set up', times: true }, failed: false, isHome: true, sample: [1, 0] },
    { name: 'renew', from: 'set up', args: of('renew', '--yes'), next: [of('renew', '--undo', '--yes')], refusals: ['nothing_renewed'], end: { like: 'set up', times: true }, failed: true, isHome: true, sample: [1, 1] },
    { name: 'renew --ca', from: 'set up', args: of('renew', '--ca', '--yes'), next: [of('renew', '--undo', '--yes')], refusals: ['nothing_renewed'], end: { like: 'set up', times: true }, failed: true, isHome: true, sample: [0, 0] },
    { name: 'renew --undo', from: 'renewed', args: of('renew', '--undo', '--yes'), next: [of('renew', '--undo', '--yes')], refusals: ['nothing_renewed'], end: { like: 'set up', times: true }, failed: false, isHome: true, sample: [1, 0] },
    { name: 'join', from: 'fresh', args: [home, String(account.uid), '100000'], how: { as: 'root', script: join(import.meta.dirname, '..', 'join-and-die.ts') }, next: [undo], refusals: ['nothing_to_undo'], end: whole, failed: false, isHome: true, sample: [1, 0] },
    { name: 'kibana', from: 'fresh', args: ['kibana', '--kibana-home', kibana, '--no-start', '--token-stdin', '--json'], how: { stdin: `${encodeEnrollmentToken(token)}\n` }, next: [kibanaUndo], refusals: ['nothing_to_undo_in_kibana'], end: whole, compared: 'kibana', failed: true, isHome: false, sample: [1, 0] },
    save('plain', join(project, 'access.txt')),
    save('openpgp', join(project, 'access.asc')),
    save('1password', join(project, 'import.csv')),
    save('env', project),
    { name: 'reset-password', from: 'running', args: of('reset-password'), next: [of('start')], refusals: [], end: { like: 'running', times: true }, compared: 'elasticsearch-9.4.3/config', failed: true, isHome: true, sample: [1, 0] },
  ]
}

/** A plan with every kind of change, as a script does it: applied, put back, and undone. */
function plansOf(folder: string): Scenario[] {
  const config = join(folder, 'sample', 'config')
  const script = join(import.meta.dirname, '..', 'plan', 'carry-out.ts')
  const how: Run = { as: 'root', script }
  const same = { how, nextHow: how, refusals: [], compared: 'sample', isHome: false, failed: false, end: { like: 'fresh', times: true } }
  return [
    { ...same, name: 'every kind of change', from: 'fresh', args: ['apply', config], next: [['recover', config]], failed: true, sample: [2, 1] },
    { ...same, name: 'its recovery', from: 'applied', args: ['recover', config], next: [['recover', config]], sample: [1, 0] },
    { ...same, name: 'its undo', from: 'settled', args: ['undo', config], next: [['undo', config]], sample: [1, 0] },
  ]
}

/** Makes the states that scenarios begin from and end in. The node of `running` runs from then on. */
export async function makeStates(place: Place): Promise<void> {
  const { home, folder, config, ports } = place
  const done = async (args: readonly string[], how: Run = {}): Promise<Ended> => {
    const ended = await place.run([...args, '--json'], how)
    if (ended.code !== 0) throw new Error(`${args[0] ?? ''} ended with ${ended.code}: ${ended.out}${ended.err}`)
    return ended
  }
  mkdirSync(join(folder, 'project'))
  writeFileSync(join(folder, 'project', '.env'), '# mine\nTHEIRS=1\nELASTIC_PASSWORD=old\n', { mode: 0o644 })
  for (const part of ['bin', 'config', 'data', 'logs']) mkdirSync(join(folder, 'kibana', part), { recursive: true })
  writeFileSync(join(folder, 'kibana', 'package.json'), JSON.stringify({ name: 'kibana', version: '9.4.3', branch: '9.4' }))
  writeFileSync(join(folder, 'kibana', 'config', 'kibana.yml'), '# as it comes\n#server.port: 5601\n')
  give(folder)
  await sampleConfig(folder, 'sample')
  place.keep('fresh')
  for (const [deed, state] of [['apply', 'applied'], ['settle', 'settled']] as const) {
    const { code, err } = await place.run([deed, join(folder, 'sample', 'config')], { as: 'root', script: join(import.meta.dirname, '..', 'plan', 'carry-out.ts') })
    if (code !== 0) throw new Error(`${deed} ended with ${code}: ${err}`)
    place.keep(state)
  }
  place.again('fresh')
  writeFileSync(join(config, 'elasticsearch.yml'), '# a line of its owner\nxpack.security.enabled: false\n', { mode: 0o640 })
  give(config)
  place.keep('in the way')
  place.again('fresh')
  await done(['up', '--home', home, '--password-stdin', ...ports], { stdin: `${password}\n` })
  await done(['stop', '--home', home])
  place.keep('set up')
  await done(['open', '--home', home, '--transport-host', '127.0.0.1', '--yes'])
  place.keep('opened')
  place.again('set up')
  await done(['renew', '--home', home, '--yes'])
  place.keep('renewed')
  for (const [format, to] of [['plain', 'access.txt'], ['openpgp', 'access.asc'], ['1password', 'import.csv'], ['env', '.']] as const) {
    place.again('set up')
    await done(['save', '--home', home, '--format', format, '--to', join(folder, 'project', to), ...(format === 'openpgp' ? ['--passphrase-stdin'] : [])], { ...secret, stdin: 'a long passphrase\n' })
    place.keep(`saved ${format}`)
  }
  place.again('fresh')
  const killed = await place.run(['up', '--home', home, ...ports, '--json'], { failpoints: { what: 'kill', at: 60 } })
  if (killed.signal !== 'SIGKILL') throw new Error(`up was not killed: ${killed.out}${killed.err}`)
  place.keep('killed')
}

/** Starts the node, for the scenarios that need one that runs. */
export async function makeRunning(place: Place): Promise<void> {
  place.again('set up')
  const { code, out } = await place.run(['start', '--home', place.home, '--json'])
  if (code !== 0) throw new Error(`start ended with ${code}: ${out}`)
  place.keep('running')
}

function give(folder: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, folder])
}
