import type { PowerSaveBlocker } from 'electron'

/**
 * Keeps the machine from going to sleep while something is applied or downloaded, and no longer. `underWay` is asked whenever
 * `onChange` says so.
 */
export function keepAwake(
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>,
  { onChange, underWay }: { onChange: (listener: () => void) => void; underWay: () => boolean },
): void {
  let id: number | null = null
  onChange(() => {
    if (underWay()) {
      id ??= blocker.start('prevent-app-suspension')
    } else if (id !== null) {
      blocker.stop(id)
      id = null
    }
  })
}
