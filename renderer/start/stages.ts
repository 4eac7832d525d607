import type { SetupState } from '../../shared/contract/setup.ts'

/** Answers, and was proved. */
export function isOver({ stage }: SetupState): boolean {
  return stage === 'ready' || stage === 'handed-over'
}

/** How long the set-up has taken, in ms: until its last phase ended, or until `now`. */
export function secondsOf(state: SetupState, now: number): number {
  const ends = state.phases.flatMap(({ startedAt, ms }) => (startedAt === null || ms === null ? [] : [startedAt + ms]))
  const over = state.phases.every((phase) => phase.state !== 'running' && phase.state !== 'waiting')
  return (over && ends.length > 0 ? Math.max(...ends) : now) - state.startedAt
}

/** What cancelling would put back, at this point of the way. */
export function putsBack(state: SetupState): string {
  const done = (id: string): boolean => state.phases.some((phase) => phase.id === id && phase.state !== 'waiting')
  const writes = state.phases.some(({ id }) => id === 'files')
  if (!writes) return 'Cancelling stops the node. No file was written by Firstnode.'
  if (!done('files')) return 'Nothing has been written yet; the keys are thrown away.'
  if (!done('jvm')) return 'Every file that was written is taken away again, and elasticsearch.yml gets its former text.'
  return 'The node is stopped, the data it formed is removed, and every file is put back as it was.'
}
