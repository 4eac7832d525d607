import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, clipboard, dialog, powerMonitor, powerSaveBlocker, session } from 'electron'
import { loadPage, type Page } from '../engine/host/page.ts'
import { withheldNames } from '../engine/node/environment.ts'
import type { Engine } from '../engine/router.ts'
import { takeSecrets } from '../engine/secret-variables.ts'
import { firstnodeVersion } from '../engine/version.ts'
import { asProblem } from '../shared/problems/problem.ts'
import { withheldLine } from '../shared/start-lines.ts'
import { leaveAppImage } from './app-image.ts'
import { createAppLog } from './app-log.ts'
import { setMenu } from './application-menu.ts'
import { carryContract } from './bridge.ts'
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
import { wouldBeGivenUp } from './under-way.ts'
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
else if (app.requestSingleInstanceLock()) Promise.all([loadPage(join(here, '..', 'renderer')), app.whenReady()]).then(([page]) => start(page)).catch(failToStart)
else app.quit()

async function start(page: Page): Promise<void> {
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
  let engine: Engine | null = null
  let nodes = (): readonly string[] => []
  /** Reading the engine takes a while, in which nothing of the page is given out: it is read once the page has painted, or asks for it. */
  const loadEngine = async (): Promise<Engine> => {
    const { carryEngine } = await import('./carried-engine.ts')
    const loaded = carryEngine({ root: join(here, '..', '..'), window: open, clipboard: forgetful, choices, log, leaveFor })
    nodes = rememberNodes(loaded)
    keepAwake(powerSaveBlocker, { onChange: (listener) => loaded.onUnderWay(listener), underWay: () => loaded.underWay().length > 0 })
    tellOfSetups(loaded, open, { note, thread })
    loaded.onUnderWay(() => (loaded.underWay().length > 0 ? thread.watch() : thread.rest()))
    engine = loaded
    return loaded
  }
  let loading: Promise<Engine> | null = null
  const opened = (): Promise<Engine> => (loading ??= loadEngine())

  const quitting = quitInOwnTime(app, {
    underWay: () => (engine === null ? null : wouldBeGivenUp(engine)),
    ask: (underWay) => askToGiveUp(open(), underWay),
    forget: () => forgetful.forgetSecret(),
    putBack: async () => engine?.close(),
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

  servePage(page)
  denyPermissions(session.defaultSession)
  app.on('web-contents-created', (_event, contents) => stayOnPage(contents))
  carryContract(async () => (await opened()).router, note)

  window = openWindow(join(here, 'preload.cjs'))
  setMenu(choices, log.folder)
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
  await once(window, 'ready-to-show')
  await opened()
  const { clock } = thread.longestBlock()
  note(`The window is open. Until then the main thread was away for ${clock} ms at most.`)
  thread.rest()

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
