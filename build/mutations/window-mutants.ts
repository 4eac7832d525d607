import { mutantsOf } from './mutant.ts'

const inForce = 'what is in force in the window: sandbox, a world apart, no Node, the security of the web, no view inside'
const page = { unit: ['electron/page-answer.test.ts'] }
const address = { unit: ['electron/page-address.test.ts'] }
const outside = { unit: ['electron/outside-links.test.ts'] }
const leaving = 'the window does not leave our page; an address of the table is opened outside, once'
const opening = 'no further window opens; an address of the table is opened outside, and nothing but https'

/** The desktop's window: how its page is kept apart, and what it may reach. */
export const windowMutants = [
  ...mutantsOf(
    'electron/web-preferences.ts',
    { unit: ['electron/web-preferences.test.ts'] },
    ['the sandbox of the window', 'sandbox: true,', 'sandbox: false,'],
    ['the world apart of the preload', 'contextIsolation: true,', 'contextIsolation: false,'],
    ['a page without Node', 'nodeIntegration: false,', 'nodeIntegration: true,'],
    ['the security of the web', 'webSecurity: true,', 'webSecurity: false,'],
    ['the refusal of views inside the page', 'webviewTag: false,', 'webviewTag: true,'],
    ['DevTools that stay closed in what is installed', 'devTools: !packaged,', 'devTools: true,'],
    ['a spelling service that is not asked', 'spellcheck: false,', ''],
    ['the refusal of insecure content', 'webSecurity: true,', 'webSecurity: true,\n    allowRunningInsecureContent: true,'],
    ['the refusal of experimental features', 'webSecurity: true,', 'webSecurity: true,\n    experimentalFeatures: true,'],
    ['the refusal of features of Blink', 'webSecurity: true,', "webSecurity: true,\n    enableBlinkFeatures: 'Serial',"],
  ),
  ...mutantsOf(
    'electron/window.ts',
    { unit: ['electron/window.test.ts'] },
    ['the preferences of the window', 'webPreferences: webPreferences({ preload, packaged: app.isPackaged }),', 'webPreferences: { preload },'],
    ['what tells a packed build', 'packaged: app.isPackaged', 'packaged: false'],
  ),
  ...mutantsOf('electron/window.ts', { window: [inForce] }, ['the preferences of the window, in force', 'webPreferences: webPreferences({ preload, packaged: app.isPackaged }),', 'webPreferences: { preload, webSecurity: false },']),
  ...mutantsOf('electron/menu.ts', { unit: ['electron/menu.test.ts'] }, ['a menu without DevTools in what is installed', 'at.packaged ? []', 'false ? []']),
  ...mutantsOf('electron/main.ts', { window: ['a window that asks for less is in a sandbox all the same'] }, ['the sandbox of every window', 'app.enableSandbox()', '']),
  ...mutantsOf('electron/main.ts', { window: ['the page is granted nothing that it could ask of the system'] }, ['the refusal of permissions', 'denyPermissions(session.defaultSession)', '']),
  ...mutantsOf('electron/main.ts', { window: [leaving, opening] }, ['the guard of navigation and windows', "app.on('web-contents-created', (_event, contents) => stayOnPage(contents))", '']),
  ...mutantsOf('electron/main.ts', { window: ['secrets in the environment do not stay in that of the application, which what it starts would inherit'] }, ['an environment without secrets', '\ntakeSecrets()\n', '\n']),
  ...mutantsOf(
    'electron/permissions.ts',
    { unit: ['electron/permissions.test.ts'] },
    ['the refusal of requests for a permission', 'session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))', 'session.setPermissionRequestHandler((_contents, _permission, answer) => answer(true))'],
    ['the refusal of checks of a permission', 'session.setPermissionCheckHandler(() => false)', 'session.setPermissionCheckHandler(() => true)'],
    ['the refusal of devices', 'session.setDevicePermissionHandler(() => false)', 'session.setDevicePermissionHandler(() => true)'],
    ['a handler of requests for a permission', 'session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))', ''],
    ['a handler of checks of a permission', 'session.setPermissionCheckHandler(() => false)', ''],
  ),
  ...mutantsOf(
    'electron/navigation.ts',
    { window: [leaving] },
    ['the refusal to leave the page', 'if (isOurPage(event.url)) return\n    event.preventDefault()', 'if (isOurPage(event.url)) return'],
    ['a browser outside for what is refused inside', 'event.preventDefault()\n    openOutside(event.url)', 'event.preventDefault()'],
  ),
  ...mutantsOf('electron/navigation.ts', { window: ['a page inside the page is refused before it is made'] }, ['the refusal of a view that is attached', "contents.on('will-attach-webview', (event) => event.preventDefault())", '']),
  ...mutantsOf('electron/navigation.ts', { window: [opening] }, ['the handler of windows that open', 'openOutside(url)\n', '\n']),
  ...mutantsOf('electron/navigation.ts', { unit: ['electron/navigation.test.ts'] }, ['the refusal of further windows', "{ action: 'deny' }", "{ action: 'allow' }"]),
  ...mutantsOf('electron/open-outside.ts', { window: [opening] }, ['the look into the table', 'if (!mayOpenOutside(address)) return', '']),
  ...mutantsOf(
    'electron/outside-links.ts',
    outside,
    ['https as all that is opened outside', "url.protocol !== 'https:' || ", ''],
    ['the refusal of a name in an address', "url.username !== '' || ", ''],
    ['the refusal of a password in an address', " || url.password !== ''", ''],
    ['the table of addresses', 'Object.values(table).some((allowed) => url.href.startsWith(allowed))', 'true'],
    ['the end of a name in the table', 'https://www.elastic.co/docs/', 'https://www.elastic.co'],
  ),
  ...mutantsOf(
    'electron/page-sender.ts',
    { unit: ['electron/page-sender.test.ts'] },
    ['the look at who hands a port over', ' && isOurPage(frame.url)', ''],
    ['the refusal of frames inside the page', ' && frame.parent === null', ''],
  ),
  ...mutantsOf('electron/bridge.ts', { window: ['our page gets an answer over its port, another page in the same window none'] }, ['the sender checked where its port is taken', 'if (isPageItself(event.senderFrame)) {', 'if (event.senderFrame !== undefined) {']),
  ...mutantsOf(
    'electron/bridge.ts',
    { window: ['whoever sends anything but a call is hung up on'] },
    ['the refusal of what is no call', " && isCall(data)", ''],
    ['the limit of a message', 'data.length <= mostMessageLength && ', ''],
  ),
  ...mutantsOf(
    'electron/preload.ts',
    { window: ['the page has neither Node nor the preload, and of Electron one function'] },
    ['a preload that gives one function alone', 'webUtils.getPathForFile(file) })', "webUtils.getPathForFile(file), send: (name: string) => ipcRenderer.send(name) })"],
  ),
  ...mutantsOf(
    'electron/preload.ts',
    { window: ['a port is handed out to who asks from this very window, and for nothing else'] },
    ['the look at who asks for a port', 'event.source !== window || ', ''],
    ['the look at what is asked', " && data.firstnode === 'ask-port'", ''],
  ),
  ...mutantsOf(
    'electron/page-address.ts',
    address,
    ['the scheme of our page', 'url.protocol === `${pageScheme}:` && ', ''],
    ['the host of our page', " && url.host === 'firstnode'", ''],
    ['a policy that cannot be passed by', 'standard: true, secure: true', 'standard: true, secure: true, bypassCSP: true'],
    ['a scheme that cannot be fetched from elsewhere', 'standard: true, secure: true', 'standard: true, secure: true, supportFetchAPI: true, corsEnabled: true'],
    ['a scheme without workers that stay', 'standard: true, secure: true', 'standard: true, secure: true, allowServiceWorkers: true'],
    ['a scheme that is an origin', 'standard: true, ', ''],
  ),
  ...mutantsOf('electron/page-protocol.ts', { window: ['nothing is loaded from anywhere else, even if the main process itself is made to'] }, ['the refusal of remote content', '  refuseRemote()\n}', '}'], ['our page as the only address that is loaded', '!isOurPage(url) && ', "url.startsWith('devtools://') && "]),
  ...mutantsOf(
    'electron/page-answer.ts',
    page,
    ['the policy of the page', ", 'Content-Security-Policy': pagePolicy(nonce, [])", ''],
    ['a page that speaks with nobody', 'pagePolicy(nonce, [])', "pagePolicy(nonce, ['*'])"],
    ['the headers of what is given', 'headers: { ...securityHeaders, ...headers }', 'headers'],
    ['the headers of what is refused', "status, headers: { ...securityHeaders, 'Content-Type'", "status, headers: { 'Content-Type'"],
    ['the refusal of other hosts than our page', 'isOurPage(request.url) ? new URL(request.url).pathname : null', 'new URL(request.url).pathname'],
    ['questions only', "if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)", ''],
  ),
  ...mutantsOf(
    'engine/host/page.ts',
    page,
    ['files from memory, where no path leads out', 'file: (path) => files.get(path) ?? null,', 'file: (path) => { try { return { type: "text/plain", body: process.getBuiltinModule("node:fs").readFileSync(join(folder, decodeURIComponent(path))), gzip: null } } catch { return null } },'],
    ['files of the page alone', ' || type === undefined) continue', ') continue'],
  ),
  ...mutantsOf(
    'electron/app-log.ts',
    { unit: ['electron/app-log.test.ts'] },
    ['a log without secrets', 'withoutSecrets(line).replaceAll', 'line.replaceAll'],
    ['a log that nobody else reads', 'appendFile(file, text, { mode: 0o600 })', 'appendFile(file, text, { mode: 0o644 })'],
  ),
  ...mutantsOf(
    'electron/clipboard.ts',
    { unit: ['electron/clipboard.test.ts'] },
    ['a secret that leaves the clipboard after its minute', 'callOff = clock.later(secretStays, () => void clearCopied().catch(onTrouble))', ''],
    ['care for what somebody copied since', ' || (await system.readText()) !== mine.text.reveal()', ''],
    ['a secret that leaves the clipboard at the end', 'await Promise.race([clearCopied(), late.promise]).catch(onTrouble)', ''],
  ),
  ...mutantsOf('electron/quit.ts', { unit: ['electron/quit.test.ts'] }, ['the clipboard cleared at the end', 'await leaving.forget()', '']),
]
