import type { App } from 'electron'

export interface Leaving {
  /** What would be given up, in words; null where nothing would. */
  underWay(): string | null
  /** Asks whether that is to be given up and put back. */
  ask(underWay: string): Promise<boolean>
  /** Takes a secret out of the clipboard that nobody would take out afterwards. */
  forget(): Promise<void>
  /** Gives it up and waits until it is put back. */
  putBack(): Promise<void>
  /** The last words: which nodes go on running. */
  sayGoodbye(): Promise<void>
  /** Hears why something could not be put back: it is at the next start, by the journal. */
  onTrouble(cause: unknown): void
}

export interface Quitting {
  /** Is everything put back, so that a window may close? */
  mayClose(): boolean
  /** Leaves without asking, because the system says so: what is under way is put back all the same. */
  leaveNow(): void
  /** The same, and then `last` in place of quitting: what installs a new version closes windows itself, and must not be kept from it. */
  leaveFor(last: () => void): void
}

/** Ends the application in its own time: asks first where something is under way, puts that back, and leaves nodes that run alone. */
export function quitInOwnTime(app: Pick<App, 'on' | 'quit'>, leaving: Leaving): Quitting {
  let stage: 'open' | 'asking' | 'leaving' | 'left' = 'open'

  app.on('before-quit', (event) => {
    if (stage === 'left') return
    event.preventDefault()
    if (stage === 'open') void askAndLeave()
  })

  async function askAndLeave(): Promise<void> {
    stage = 'asking'
    const underWay = leaving.underWay()
    const agreed = underWay === null || (await leaving.ask(underWay).catch(() => false))
    // Told to end by the system while the question was open.
    if (stage !== 'asking') return
    if (agreed) await leave()
    else stage = 'open'
  }

  async function leave(last = (): void => app.quit()): Promise<void> {
    stage = 'leaving'
    // First, since putting back takes its time and the system may not wait for it.
    await leaving.forget()
    try {
      await leaving.putBack()
      await leaving.sayGoodbye()
    } catch (cause) {
      leaving.onTrouble(cause)
    }
    stage = 'left'
    last()
  }

  const leaveFor = (last?: () => void): void => {
    if (stage === 'open' || stage === 'asking') void leave(last)
  }
  return { mayClose: () => stage === 'left', leaveNow: () => leaveFor(), leaveFor }
}
