import { problem } from '../../shared/problems/problem.ts'
import { implementer } from '../implementer.ts'
import type { Desktop, Updates } from './desktop.ts'

const os = implementer.host

/** The procedures that need a window of the system's own: `no_desktop` where there is none. */
export function desktopProcedures(found: Desktop | null) {
  const desktop = (): Desktop => {
    if (found === null) throw problem('no_desktop', {})
    return found
  }
  return {
    pick: os.pick.handler(({ input }) => desktop().pick(input)),
    reveal: os.reveal.handler(({ input }) => desktop().reveal(input.path)),
    saveText: os.saveText.handler(({ input }) => desktop().saveText(input)),
    copy: os.copy.handler(({ input }) => desktop().copy(input.text, input.secret)),
    clearCopied: os.clearCopied.handler(() => desktop().clearCopied()),
    menuChoices: os.menuChoices.handler(async function* menuChoices({ signal }) {
      yield* desktop().menuChoices(signal)
    }),
    update: os.update.handler(async ({ input }) => carryOut(desktop().updates, input.wish)),
  }
}

async function carryOut(updates: Updates, wish: 'state' | 'look' | 'fetch' | 'install') {
  if (wish === 'look') return updates.look()
  if (wish === 'fetch') return updates.fetch()
  if (wish === 'install') await updates.install()
  return updates.state()
}
