// The application of the stand-in's own tests: a window, a page of app://, a preload. `--wish=JSON` says what is different this time.
import { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session } from 'electron'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const wish = JSON.parse(app.commandLine.getSwitchValue('wish') || '{}')
const heard = /** @type {unknown[]} */ ([])
Object.assign(globalThis, { heard, wish })
const hear = (/** @type {unknown[]} */ ...what) => void heard.push(what.length === 1 ? what[0] : what)

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: wish.fetch ?? true } }])
if (wish.single && !app.requestSingleInstanceLock({ from: 'second' })) app.quit()
else {
  app.on('second-instance', (_event, argv, folder, data) => hear('second-instance', argv.at(-1), folder, data))
  for (const event of ['before-quit', 'will-quit', 'quit', 'window-all-closed']) app.on(/** @type {'will-quit'} */ (event), () => {
    hear(event)
    if (event === 'quit') process.stdout.write(`heard ${JSON.stringify(heard)}\n`)
  })
  app.whenReady().then(start).catch((error) => {
    process.stderr.write(`${error.stack}\n`)
    app.exit(3)
  })
}

async function start() {
  protocol.handle('app', (request) => answer(new URL(request.url).pathname))
  if (wish.denyPermissions) session.defaultSession.setPermissionRequestHandler((_contents, permission, reply) => {
    hear('permission', permission)
    reply(false)
  })
  if (wish.onlyOwn) session.defaultSession.webRequest.onBeforeRequest(({ url }, reply) => reply({ cancel: url.endsWith('/refused.txt') }))
  session.defaultSession.on('will-download', (event, item) => {
    hear('will-download', item.getURL(), item.getFilename())
    event.preventDefault()
  })
  ipcMain.handle('double', (_event, number) => number * 2)
  ipcMain.on('port', (event, words) => {
    hear('port', words, event.senderFrame?.url, event.senderFrame?.origin, event.senderFrame?.parent)
    const [port] = event.ports
    port?.on('message', ({ data, ports }) => {
      port.postMessage({ echo: data })
      for (const one of ports) one.postMessage('over the second port', [])
    })
    port?.on('close', () => hear('port closed'))
    port?.start()
  })
  ipcMain.on('give-port', (event) => {
    const { port1, port2 } = new MessageChannelMain()
    port1.on('message', ({ data }) => port1.postMessage(['main has', data]))
    port1.start()
    event.sender.postMessage('a-port', 'for you', [port2])
  })
  const window = new BrowserWindow({ width: 640, height: 480, webPreferences: { preload: fileURLToPath(new URL('preload.cjs', import.meta.url)), ...wish.webPreferences } })
  const { webContents } = window
  webContents.on('will-frame-navigate', (event) => {
    hear('will-frame-navigate', event.url, event.isMainFrame)
    if (!wish.navigate && !event.url.endsWith('/moved')) event.preventDefault()
  })
  if (!wish.noWindowHandler) webContents.setWindowOpenHandler(({ url }) => {
    hear('open', url)
    return { action: 'deny' }
  })
  webContents.on('render-process-gone', (_event, details) => {
    hear('gone', details.reason)
    webContents.reload()
  })
  webContents.on('will-redirect', (event) => {
    hear('will-redirect', event.url)
    if (wish.noRedirect) event.preventDefault()
  })
  for (const event of ['unresponsive', 'responsive']) window.on(/** @type {'unresponsive'} */ (event), () => hear(event))
  webContents.on('preload-error', (_event, _path, error) => hear('preload-error', error.message))
  webContents.on('did-finish-load', () => {
    hear('did-finish-load')
    process.stdout.write('loaded\n')
  })
  await window.loadURL('app://tiny/index.html')
}

/** @param {string} path */
function answer(path) {
  if (path === '/index.html') {
    return new Response(readFileSync(new URL('page.html', import.meta.url)), { headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; script-src 'self' app:; connect-src 'self'; frame-src 'self'" } })
  }
  if (path === '/page.js') return new Response('window.ran = "by the policy"', { headers: { 'content-type': 'text/javascript' } })
  if (path === '/moved') return new Response(null, { status: 302, headers: { location: 'app://tiny/there.txt' } })
  return new Response(path, { status: path.endsWith('.txt') ? 200 : 404 })
}
