import { inBytes } from '../shared/sizes.ts'
import type { FoundHomes } from '../shared/contract/installation.ts'
import type { NodeTarget } from '../shared/contract/target.ts'
import { problem } from '../shared/problems/problem.ts'
import type { Context } from './command.ts'
import { download } from './download.ts'
import type { Engine } from './io.ts'
import { practiceTarget } from './practice-target.ts'
import { askPlainly } from './secret-input.ts'
import { printable } from './terminal/text.ts'

interface Way {
  readonly words: string
  readonly go: () => Promise<NodeTarget>
}

const mostHomes = 9

interface Ways {
  readonly ways: readonly Way[]
  /** how many homes were found and are not among them */
  readonly more: number
  readonly incomplete: FoundHomes['incomplete']
}

/**
 * The node that is meant where no home was named: on a terminal one of those found here, a download, or (in a checkout) the practice copy, by the person's choice;
 * elsewhere the practice copy. Ends with `no_practice_copy` where there is none and nobody to ask.
 */
export async function chosenTarget(engine: Engine, user: string | undefined, context: Context): Promise<NodeTarget> {
  const terminal = context.io.stdin.isTTY === true && context.io.stderr.isTTY === true
  if (context.json || !terminal) return practiceTarget(engine, user, context)
  const { ways, more, incomplete } = await waysOf(engine, user, context)
  if (incomplete !== null) context.tell(printable(`${incomplete.message} ${incomplete.remedy}`))
  context.tell('No --home was given. Which Elasticsearch?')
  for (const [at, { words }] of ways.entries()) context.tell(`  ${at + 1}  ${printable(words)}`)
  if (more > 0) context.tell(`  ${more} more found. To use another, give its folder: firstnode up --home DIR`)
  const answer = (await askPlainly(`A number, or Enter for 1: `, context)).trim()
  const way = ways[answer === '' ? 0 : Number(answer) - 1]
  if (way === undefined) throw problem('bad_input', { what: `${printable(answer)} is none of them.`, want: `Give a number from 1 to ${ways.length}, or name its folder: firstnode up --home DIR` })
  return way.go()
}

async function waysOf(engine: Engine, user: string | undefined, context: Context): Promise<Ways> {
  const { signal, io } = context
  const owner = user === undefined ? {} : { user }
  const [{ homes, incomplete }, { practice }] = await Promise.all([engine.installation.find(undefined, { signal }), engine.host.info(undefined, { signal })])
  const suitable = homes.filter(({ state }) => state !== 'unsuitable')
  const found = suitable
    .slice(0, mostHomes)
    .map(({ home, version, state, unfinished, practice: isPractice }): Way => ({
      words: `${isPractice ? 'the practice copy' : 'Elasticsearch'} ${version ?? ''} in ${home} (${state}${unfinished === undefined || state === 'unfinished' ? '' : ', unfinished'})`,
      go: () => Promise.resolve({ home, ...owner }),
    }))
  const downloaded: Way = {
    words: `download the newest Elasticsearch to ${io.cwd}`,
    go: async () => ({ home: (await download(engine, { product: 'elasticsearch', into: io.cwd, ...owner }, context)).home, ...owner }),
  }
  const fetching = practice.home === null && practice.downloadBytes > 0 ? `, downloads ${inBytes(practice.downloadBytes)} once` : ''
  const practised: Way = { words: `the practice copy, Elasticsearch ${practice.version}, to try and develop with${fetching}`, go: () => practiceTarget(engine, user, context) }
  const offersPractice = practice.offered && !homes.some(({ home }) => home === practice.home)
  return { ways: [...found, downloaded, ...(offersPractice ? [practised] : [])], more: Math.max(0, suitable.length - mostHomes), incomplete }
}
