/**
 * Ends work at a step as a death of the process would: nothing after it happens, no `finally` runs. The work is left waiting for ever; `bury`
 * lets it go once its folder is removed, so that its files are closed.
 */
export class Stopping {
  readonly #waiting: ((reason: Error) => void)[] = []
  readonly steps: string[] = []

  /** Does `work` with a hook that never returns from step number `stopAt` (from 0). Tells whether it came that far. */
  async until(stopAt: number, work: (beforeStep: (step: string) => Promise<void>) => Promise<unknown>): Promise<'stopped' | 'finished'> {
    let step = 0
    let dead = false
    return new Promise((resolve, reject) => {
      const hook = async (name: string): Promise<void> => {
        if (dead) throw new Error('dead')
        if (step++ < stopAt) return
        this.steps.push(name)
        dead = true
        resolve('stopped')
        await new Promise<void>((_, bury) => this.#waiting.push(bury))
      }
      work(hook).then(() => resolve('finished'), (thrown: unknown) => (dead ? undefined : reject(thrown instanceof Error ? thrown : new Error(String(thrown)))))
    })
  }

  bury(): void {
    for (const letGo of this.#waiting.splice(0)) letGo(new Error('dead'))
  }
}
