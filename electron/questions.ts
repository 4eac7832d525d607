import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron'

/** Asks whether what is under way is to be given up. */
export async function askToGiveUp(over: BrowserWindow | null, underWay: string): Promise<boolean> {
  return ask(over, {
    type: 'question',
    message: 'Quit, and put everything back?',
    detail: `${underWay}. If you quit now, that is given up and put back as it was before. Nodes that already run go on running.`,
    buttons: ['Stay', 'Put back and quit'],
  })
}

/** Asks whether a page that does not answer is to be loaded anew. `signal` takes the question back. */
export async function askToReload(over: BrowserWindow | null, signal: AbortSignal): Promise<boolean> {
  return ask(over, {
    type: 'warning',
    message: 'The window does not answer',
    detail: 'What Firstnode does goes on meanwhile. Load the window anew, and it comes back where it was.',
    buttons: ['Wait', 'Load it anew'],
    signal,
  })
}

/** Asks whether a page that crashes again and again is to be tried once more. */
export async function askToTryAgain(over: BrowserWindow | null): Promise<boolean> {
  return ask(over, {
    type: 'error',
    message: 'The window keeps crashing',
    detail: 'What Firstnode does goes on meanwhile. If it does not come back, quit: what is under way is put back, and nodes that run go on running. The log of Firstnode says more.',
    buttons: ['Quit', 'Try again'],
  })
}

/** The first button is the careful one: Escape and Enter mean it. */
async function ask(over: BrowserWindow | null, options: MessageBoxOptions): Promise<boolean> {
  const whole = { ...options, defaultId: 0, cancelId: 0, noLink: true }
  const { response } = over === null ? await dialog.showMessageBox(whole) : await dialog.showMessageBox(over, whole)
  return response === 1
}
