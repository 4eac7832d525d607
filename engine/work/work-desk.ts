import { isDeepStrictEqual } from 'node:util'
import type { WorkState, WorkWhat } from '../../shared/contract/work.ts'
import { problem } from '../../shared/problems/problem.ts'
import { LiveWork, type Work } from './live-work.ts'

/** A piece of work that is asked for. `destination` is what it changes: a folder. */
export interface AskedWork {
  readonly what: WorkWhat
  readonly destination: string
  readonly work: Work
}

/** The long work of this process: homes that are made, set-ups that are undone. One a host. */
export class WorkDesk {
  readonly #works = new Map<string, { readonly live: LiveWork; readonly destination: string }>()
  readonly #listeners = new Set<() => void>()
  #closed = false

  /** Calls `listener` whenever a piece of work has begun or ended. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /**
   * Begins a piece of work; one at a time at a `destination`. Asked for the same once more while it is under way (a page that
   * did not hear the first answer), it gives the one under way. Problem: `work_under_way` where something else is.
   */
  async begin({ what, destination, work }: AskedWork): Promise<WorkState> {
    for (let other = this.#underWayAt(destination); other !== null; other = this.#underWayAt(destination)) {
      if (other.state.stage === 'underway') {
        if (isDeepStrictEqual(other.state.what, what)) return other.state
        throw problem('work_under_way', { destination })
      }
      // What is being given up is gone before it begins anew.
      await other.done
    }
    if (this.#closed) throw problem('cancelled', {})
    const live = new LiveWork(what, work, Date.now())
    this.#works.set(live.state.workId, { live, destination })
    const changed = (): void => this.#listeners.forEach((listener) => listener())
    changed()
    void live.done.then(changed, changed)
    return live.state
  }

  /** What has not ended yet: it would be given up if the host ended now. */
  underWay(): WorkState[] {
    return [...this.#works.values()].filter(({ live }) => !live.ended).map(({ live }) => live.state)
  }

  /** Problem: `no_such_work`. */
  live(workId: string): LiveWork {
    const found = this.#works.get(workId)
    if (found === undefined) throw problem('no_such_work', {})
    return found.live
  }

  /** Ends with the host: what is under way is given up, and waited for. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#works.values()].map(({ live }) => live.cancel()))
  }

  #underWayAt(destination: string): LiveWork | null {
    return [...this.#works.values()].find((one) => one.destination === destination && !one.live.ended)?.live ?? null
  }
}
