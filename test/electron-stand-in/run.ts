import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { app } from './app.ts'
import { applicationPlace } from './application-place.ts'
import { startChromium } from './chromium.ts'
import { switchesAreTaken } from './command-line-switches.ts'
import { electronVersion } from './electron-version.ts'
import { watchOpenedTargets } from './opened-windows.ts'
import { chromiumIs, placeIs } from './stand-in-state.ts'
import { contentsOf } from './web-contents.ts'

const exe = process.env.STAND_IN_SELF ?? process.argv[1] ?? ''
const onlyFromAsar = process.env.STAND_IN_FUSES?.[5] === '1'
delete process.env.STAND_IN_SELF
delete process.env.STAND_IN_FUSES
const words = process.argv.slice(2)
const application = await applicationPlace({ exe, onlyFromAsar, words: words.filter((_, at) => !isPreload(at) && !isPreload(at + 1)), electronVersion })
placeIs(application.place)
becomeElectron()

const debuggingPort = application.place.switches.get('remote-debugging-port') ?? null
// Playwright's own part, before anything of the application.
for (const one of words.filter((_, at) => isPreload(at))) createRequire(pathToFileURL(one))(one)

let ending = false
process.on('exit', () => (ending = true))
const connection = startChromium({
  debuggingPort,
  temporary: application.temporary === null ? [] : [application.temporary],
  switches: switchesAreTaken(),
  onEnd: () => {
    if (ending) return
    process.stderr.write('Chromium has ended under the stand-in for Electron.\n')
    process.exit(1)
  },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // An application that listens itself takes the signal over, as in Electron.
  process.on(signal, () => process.listenerCount(signal) === 1 && app.quit())
}

// Where the script ends the application at once (a second instance), nothing else may wait for Chromium.
const answered = connection.send('Browser.getVersion')
await import(pathToFileURL(application.main).href)
const { product } = await answered
Object.defineProperty(process.versions, 'chrome', { value: product.replace(/^.*\//, ''), enumerable: true, configurable: true })
chromiumIs(connection)
await watchOpenedTargets((openerId, wished) => contentsOf(openerId)?.openWindow(wished))
app.becomeReady()

/** The word behind `-r`. */
function isPreload(at: number): boolean {
  return words[at - 1] === '-r' || words[at - 1] === '--require'
}

/** What an application can see of the process it is in. */
function becomeElectron(): void {
  const { place } = application
  const define = (of: object, members: object) => {
    for (const [key, value] of Object.entries(members)) Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true })
  }
  define(process, { type: 'browser', resourcesPath: place.resources, execPath: exe, execArgv: [], argv: [exe, ...words], ...(place.packaged ? {} : { defaultApp: true }) })
  define(process.versions, { electron: electronVersion, chrome: '' })
}
