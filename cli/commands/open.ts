import type { NodeTarget } from '../../shared/contract/target.ts'
import type { OpeningPreview } from '../../shared/contract/transport.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { callLine } from '../call-line.ts'
import { defineCommand, type Context } from '../command.ts'
import { followWork } from '../follow-work.ts'
import type { Engine } from '../io.ts'
import { mayWrite } from '../may-write.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets } from '../secret-input.ts'
import { openingPage, transportPage } from '../terminal/opening-page.ts'
import { withProgress } from '../terminal/progress.ts'
import { printable } from '../terminal/text.ts'

export const open = defineCommand({
  name: 'open',
  summary: 'let nodes of other machines in: bind transport to an address they reach',
  required: ['home'],
  about: [
    'A node that was set up listens for other nodes on localhost alone, so that only nodes of this machine can join. This sets transport.host in elasticsearch.yml, starts a node that runs again, and sees that it answers and is bound to what was asked for. If it does not start, everything is put back and it is started as it was.',
    'From then on Elasticsearch takes the node for one in production: its bootstrap checks end a start. They are foreseen here (vm.max_map_count, open files, threads, memory, heap, discovery and more), and where one would fail nothing is changed, and what to do is said.',
    'Without --transport-host and --undo it shows what transport is bound to now, and the addresses of this machine to choose from: one of an interface rather than 0.0.0.0, which is all of them.',
    'It says what it will do, and asks; without a terminal to ask on, --yes is needed. Where ELASTIC_PASSWORD holds the password of the elastic user, the health of the cluster is compared before and after. With --json: {opened, hosts, addresses, checks, changes, sentences, transport}; with --undo {opened, sentences, transport}.',
  ],
  options: {
    ...homeOptions,
    'transport-host': { kind: 'text', value: 'HOST', help: 'as Elasticsearch takes it: an address or a name of this machine, _site_, _global_, _local_, _eth0_, _eth0:ipv4_, 0.0.0.0; several divided by commas' },
    undo: { kind: 'flag', help: 'put back what this command has changed: byte for byte where nobody edited the file since' },
    yes: { kind: 'flag', help: 'do not ask' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode open --home ~/elasticsearch-9.4.3', 'what it is bound to, and what it can be bound to'],
    ['firstnode open --home ~/elasticsearch-9.4.3 --transport-host 192.168.1.20', 'shows what will change, and asks'],
    ['firstnode open --home /opt/es --transport-host _site_ --yes', 'every private address of this machine; for a script'],
    ['firstnode open --home /opt/es --undo --yes', 'only nodes of this machine again'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'open')
    const { 'transport-host': hosts, undo } = values
    if (hosts !== undefined && undo) throw problem('bad_input', { what: '--transport-host and --undo are two ways.', want: 'Give one of them.' })
    const engine = await context.engine()
    if (hosts === undefined && !undo) {
      const state = await engine.transport.look(target, { signal: context.signal })
      const { workId: _, target: __, ...shown } = state
      const lines = state.addresses.map(({ value }) => `${callLine(context.io, 'open', target)} --transport-host ${value}`)
      await context.result(shown, transportPage(state, lines, context.out))
      return 0
    }
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const wish = { engine, target, keystore, yes: values.yes, context }
    return hosts === undefined ? close(wish) : openTo(hosts, wish)
  },
})

interface Wish {
  readonly engine: Engine
  readonly target: NodeTarget
  readonly keystore: Secret | undefined
  readonly yes: boolean
  readonly context: Context
}

async function openTo(hosts: string, { engine, target, keystore, yes, context }: Wish): Promise<number> {
  const preview = await engine.transport.previewOpening({ target, hosts, ...keystoreOf(keystore) }, { signal: context.signal })
  const { planId, target: _, restarts: __, ...shown } = preview
  refuseForeseen(preview)
  if (!context.json) await context.result(null, openingPage(preview, context.out))
  if (planId === null) return told(engine, target, { opened: false, ...shown }, [], context)
  if (!yes && !(await mayWrite({ opened: false, ...shown }, { command: 'open', what: 'Opening' }, context))) return 3
  const { sentences } = await withProgress(context, async (view) => followWork(engine, await engine.transport.open({ planId, ...passwordOf(context) }), context, view))
  return told(engine, target, { opened: true, ...shown, sentences }, sentences, context)
}

function refuseForeseen({ checks }: OpeningPreview): void {
  const failing = checks.filter(({ status }) => status === 'blocks')
  if (failing.length > 0) throw problem('bootstrap_checks_foreseen', { what: failing.map(({ detail }) => detail), remedies: failing.flatMap(({ remedy }) => remedy ?? []) })
}

async function close({ engine, target, keystore, yes, context }: Wish): Promise<number> {
  const { sentences: foreseen } = await engine.transport.previewClosing(target, { signal: context.signal })
  for (const sentence of foreseen) context.tell(`${context.err.signs.dot} ${printable(sentence)}`)
  if (!yes && !(await mayWrite({ opened: true, sentences: foreseen }, { command: 'open --undo', what: 'Opening' }, context))) return 3
  const begun = (): Promise<WorkState> => engine.transport.close({ target, ...passwordOf(context), ...keystoreOf(keystore) })
  const { sentences } = await withProgress(context, async (view) => followWork(engine, await begun(), context, view))
  return told(engine, target, { opened: false, sentences }, sentences, context)
}

/** How transport stands then, beside what was done. */
async function told(engine: Engine, target: NodeTarget, value: object, sentences: readonly string[], context: Context): Promise<number> {
  const { hosts, open: isOpen, bound, published } = await engine.transport.look(target, { signal: context.signal })
  const { good, signs } = context.out
  const page = sentences.map((sentence) => `${good(signs.done)} ${printable(sentence)}\n`).join('')
  await context.result({ ...value, transport: { hosts, open: isOpen, bound, published } }, page === '' ? '' : `\n${page}`)
  return 0
}

const keystoreOf = (keystore: Secret | undefined): { keystorePassword?: string } => (keystore === undefined ? {} : { keystorePassword: keystore.reveal() })

const passwordOf = ({ elasticPassword }: Context): { password?: string } => (elasticPassword === null ? {} : { password: elasticPassword.reveal() })
