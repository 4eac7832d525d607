import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, clipboard, dialog, powerMonitor, powerSaveBlocker, session } from 'electron'
import { loadPage } from '../engine/host/page.ts'
import { withheldNames } from '../engine/node/environment.ts'
import { takeSecrets } from '../engine/secret-variables.ts'
import { firstnodeVersion } from '../engine/version.ts'
import { asProblem } from '../shared/problems/problem.ts'
import { withheldLine } from '../shared/start-lines.ts'
import { leaveAppImage } from './app-image.ts'
import { createAppLog } from './app-log.ts'
import { setMenu } from './application-menu.ts'
import { carryContract } from './bridge.ts'
import { carryEngine, wouldBeGivenUp } from './carried-engine.ts'
import { createClipboard } from './clipboard.ts'
import { realClock } from './clock.ts'
import { bringBack } from './crash.ts'
import { keepAwake } from './keep-awake.ts'
import { watchMainThread } from './main-thread.ts'
import { createMenuChoices } from './menu-choices.ts'
import { stayOnPage } from './navigation.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { denyPermissions } from './permissions.ts'
import { askToGiveUp, askToReload, askToTryAgain } from './questions.ts'
import { quitInOwnTime } from './quit.ts'
import { refusedExit, whyNotHere } from './sandbox.ts'
import { nameForNotifications, notice, rememberNodes, sayWhatRuns, tellOfSetups } from './set-up-news.ts'
import { userAgentOf } from './user-agent.ts'
import { bringToFront, openWindow, placesUnknown } from './window.ts'

/** This runs as dist/electron/main.js, the page lies beside it. */
const here = dirname(fileURLToPath(import.meta.url))

takeSecrets()
leaveAppImage(process.env)
app.setName('Firstnode')
app.userAgentFallback = userAgentOf(app.userAgentFallback)
nameForNotifications()
const refusal = whyNotHere({ platform: process.platform, uid: process.getuid?.() ?? null, noSandbox: app.commandLine.hasSwitch('no-sandbox'), env: process.env })
app.enableSandbox()
declarePageScheme()
if (refusal !== null) refuse(refusal)
else if (app.requestSingleInstanceLock()) app.whenReady().then(start).catch(failToStart)
else app.quit()

async function start(): Promise<void> {
  const log = createAppLog(app.getPath('logs'))
  const note = (line: string): void => log.note(line)
  note(`Firstnode ${firstnodeVersion} begins, on Electron ${process.versions.electron ?? '?'} (${process.platform} ${process.arch}).`)
  const withheld = withheldNames({ env: process.env, account: null })
  if (withheld.length > 0) note(withheldLine(withheld))
  process.on('uncaughtException', (cause) => void dieOf(cause))
  process.on('unhandledRejection', (cause) => note(`Unheard: ${stackOf(cause)}`))

  let window: BrowserWindow | null = null
  const open = (): BrowserWindow | null => (window === null || window.isDestroyed() ? null : window)
  const choices = createMenuChoices()
  const thread = watchMainThread()
  const forgetful = createClipboard(clipboard, realClock, (cause) => note(`The clipboard could not be cleared: ${String(cause)}`))
  const leaveFor = (last: () => void): void => quitting.leaveFor(last)
  const engine = carryEngine({ root: join(here, '..', '..'), window: open, clipboard: forgetful, choices, log, leaveFor })
  const nodes = rememberNodes(engine)
  keepAwake(powerSaveBlocker, { onChange: (listener) => engine.onUnderWay(listener), underWay: () => engine.underWay().length > 0 })
  tellOfSetups(engine, open, { note, thread })

  const quitting = quitInOwnTime(app, {
    underWay: () => wouldBeGivenUp(engine),
    ask: (underWay) => askToGiveUp(open(), underWay),
    forget: () => forgetful.forgetSecret(),
    putBack: () => engine.close(),
    async sayGoodbye() {
      sayWhatRuns(nodes(), note)
      note('Firstnode ends.')
      await log.written()
    },
    onTrouble: (cause) => note(`Could not put back at the end: ${stackOf(cause)}`),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => quitting.leaveNow())
  powerMonitor.on('shutdown', () => quitting.leaveNow())
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => note(`A process of Electron has gone: ${name ?? type} (${reason}, ${exitCode}).`))

  servePage(await loadPage(join(here, '..', 'renderer')))
  denyPermissions(session.defaultSession)
  app.on('web-contents-created', (_event, contents) => stayOnPage(contents))
  carryContract(engine.router, note)
  setMenu(choices, log.folder)

  window = openWindow(join(here, 'preload.cjs'))
  window.on('close', (event) => {
    if (quitting.mayClose()) return
    event.preventDefault()
    app.quit()
  })
  // At the end of a session Windows closes windows without a `before-quit`, and waits for nobody for long. Asked whether it may end, somebody
  // may still say no.
  window.on('query-session-end', () => void forgetful.forgetSecret())
  window.on('session-end', () => quitting.leaveNow())
  app.on('second-instance', () => {
    const front = open()
    if (front === null) return
    bringToFront(front)
    // Wayland raises no window that does not have the attention already.
    if (placesUnknown() && !front.isFocused()) notice({ title: 'Firstnode is already running', body: 'Its window is open.' }, open)
  })
  bringBack(window, {
    clock: realClock,
    note,
    askToReload: (signal) => askToReload(open(), signal),
    askToTryAgain: () => askToTryAgain(open()),
    quit: () => app.quit(),
  })
  const { clock } = thread.longestBlock()
  note(`The window is open. Until then the main thread was away for ${clock} ms at most.`)

  /** What is under way when the application dies is put back at the next start, by its journal. */
  async function dieOf(cause: unknown): Promise<void> {
    note(`Firstnode dies: ${stackOf(cause)}`)
    await log.written()
    endWithWords('Firstnode has met a mistake of its own and ends', cause)
  }
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`)
  app.exit(refusedExit)
}

function failToStart(cause: unknown): void {
  endWithWords('Firstnode could not start', cause)
}

function endWithWords(title: string, cause: unknown): void {
  process.stderr.write(`${title}: ${stackOf(cause)}\n`)
  try {
    dialog.showErrorBox(title, `${asProblem(cause).message}\n\nWhat was under way is put back at the next start; nodes that run go on running.`)
  } finally {
    app.exit(1)
  }
}

function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}
