import { inBytes } from '../shared/sizes.ts'
import { join } from 'node:path'
import type { NodeTarget } from '../shared/contract/target.ts'
import { problem } from '../shared/problems/problem.ts'
import type { Context } from './command.ts'
import { followWork } from './follow-work.ts'
import type { Engine } from './io.ts'
import { withProgress } from './terminal/progress.ts'

/** The practice copy, fetched and unpacked where it is not there yet, and called what it is. Ends with `no_practice_copy`. */
export async function practiceTarget(engine: Engine, user: string | undefined, context: Context): Promise<NodeTarget> {
  const { practice } = await engine.host.info(undefined, { signal: context.signal })
  if (!practice.offered) throw problem('no_practice_copy', { trouble: practice.trouble })
  const fetching = practice.home === null && practice.downloadBytes > 0 ? ` Fetching it downloads ${inBytes(practice.downloadBytes)} once.` : ''
  context.tell(
    `No --home was given: this takes the practice copy, Elasticsearch ${practice.version}. It is a real server with fewer modules, to try and develop with, not one to rely on.${fetching}`,
  )
  const { home } = await withProgress(context, async (view) =>
    followWork(engine, await engine.installation.practiceCopy(user === undefined ? {} : { user }), context, view),
  )
  context.signal.throwIfAborted()
  if (home === null) throw problem('cancelled', {})
  context.tell(`The practice copy is in ${home} and belongs to ${practice.owner}.`)
  // Named outright: an ES_PATH_CONF in the environment means somebody's own node, not this copy.
  return { home, config: join(home, 'config'), ...(user === undefined ? {} : { user }) }
}
