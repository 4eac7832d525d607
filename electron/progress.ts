import type { SetupState } from '../shared/contract/setup.ts'

/** How far a set-up is, for the dock or the taskbar: 0 to 1, 2 where nobody can say, -1 where there is nothing to show. */
export function progressOf({ stage, phases }: Pick<SetupState, 'stage' | 'phases'>): number {
  if (stage === 'cancelling') return 2
  if (stage !== 'applying' && stage !== 'starting' && stage !== 'proving') return -1
  return phases.filter(({ state }) => state === 'done').length / Math.max(1, phases.length)
}

/** What somebody whose window is not in front is told when a set-up has ended; null where there is nothing to say. */
export function newsOf({ stage, facts, node, problem }: Pick<SetupState, 'stage' | 'facts' | 'node' | 'problem'>): { title: string; body: string } | null {
  if (stage === 'ready') return { title: 'Elasticsearch is running', body: `${node?.name ?? facts?.nodeName ?? 'The node'} is ready. Its credentials wait in Firstnode.` }
  if (stage === 'failed') return { title: 'Elasticsearch is not running', body: problem?.message ?? 'Firstnode says why.' }
  return null
}
