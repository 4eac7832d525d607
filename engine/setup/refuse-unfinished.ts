import type { Installation } from '../../shared/contract/installation.ts'
import { unfinishedProblem } from '../plan/unfinished.ts'

/** Refuses a home in state `unfinished` with the problem that names what is unfinished and the command that ends it. */
export function refuseUnfinished({ home, state, unfinished }: Pick<Installation, 'home' | 'state' | 'unfinished'>): void {
  if (state === 'unfinished') throw unfinishedProblem(unfinished?.kind ?? 'first-node', home)
}
