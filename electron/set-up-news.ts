import { app, type BrowserWindow, Notification } from 'electron'
import type { Engine } from '../engine/router.ts'
import type { SetupState } from '../shared/contract/setup.ts'
import type { MainThread } from './main-thread.ts'
import { newsOf, progressOf } from './progress.ts'
import { bringToFront } from './window.ts'

/** Shows outside of the page how a set-up goes: in the dock or taskbar, by a notification when it has ended and the window is not in front, and in the log. */
export function tellOfSetups(engine: Engine, window: () => BrowserWindow | null, { note, thread }: { note: (line: string) => void; thread: MainThread }): void {
  const stages = new Map<string, SetupState['stage']>()
  engine.onSetup((state) => {
    window()?.setProgressBar(progressOf(state))
    const before = stages.get(state.setupId)
    if (before === state.stage) return
    stages.set(state.setupId, state.stage)
    note(line(state, before === undefined ? 'began' : 'went on', thread))
    if (window()?.isFocused() !== true) notify(state, window)
  })
}

function line({ stage, target, problem }: SetupState, what: string, thread: MainThread): string {
  const { clock, work } = thread.longestBlock()
  const blocked = `The main thread was away for ${clock} ms at most, by its own work ${work} ms.`
  return `Set-up of ${target.home} ${what}: ${stage}${problem === null ? '' : ` (${problem.code})`}. ${blocked}`
}

function notify(state: SetupState, window: () => BrowserWindow | null): void {
  const news = newsOf(state)
  if (news !== null) notice(news, window)
}

/** The system's own notification; pressed, it brings the window to the front. Nothing where the system has none. */
export function notice(words: { title: string; body: string }, window: () => BrowserWindow | null): void {
  if (!Notification.isSupported()) return
  const notification = new Notification(words)
  notification.on('click', () => {
    const open = window()
    if (open !== null) bringToFront(open)
  })
  notification.show()
}

/** Which of the nodes that this Firstnode started still run: nobody must think that they end with it. */
export function rememberNodes(engine: Engine): () => readonly string[] {
  const nodes = new Map<number, string>()
  engine.onSetup(({ stage, node, facts }) => {
    if ((stage === 'ready' || stage === 'handed-over') && node !== null) nodes.set(node.pid, `${node.name}${facts === null ? '' : ` (${facts.url})`}`)
  })
  return () => [...nodes].filter(([pid]) => isAlive(pid)).map(([, name]) => name)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // It belongs to another account.
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What is said of them at the end. */
export function sayWhatRuns(names: readonly string[], note: (line: string) => void): void {
  if (names.length === 0) return
  note(`Goes on running: ${names.join(', ')}.`)
  notice({ title: 'Elasticsearch goes on running', body: `${names.join(', ')} ${names.length === 1 ? 'runs' : 'run'} without Firstnode. Start Firstnode again to stop ${names.length === 1 ? 'it' : 'them'}.` }, () => null)
}

/** Who sends the notifications, on Windows: without it they carry the name of Electron. */
export function nameForNotifications(): void {
  app.setAppUserModelId('org.firstnode.wizard')
}
