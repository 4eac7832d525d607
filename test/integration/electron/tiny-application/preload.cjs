const { contextBridge, ipcRenderer, webUtils } = require('electron')
Object.assign(globalThis, { preloadWasHere: true })
const given = /** @type {unknown[]} */ ([])
const api = {
  double: (/** @type {number} */ number) => ipcRenderer.invoke('double', number),
  missing: () => ipcRenderer.invoke('missing'),
  plus: (/** @type {number} */ number) => number + 1,
  fail: () => {
    throw new TypeError('as it should')
  },
  each: (/** @type {number[]} */ list, /** @type {(one: number) => void} */ take) => {
    for (const one of list) take(one)
  },
  inside: { deep: 'value', when: new Date(0) },
  pathOf: (/** @type {File} */ file) => webUtils.getPathForFile(file),
  sandboxed: process.sandboxed ?? false,
  askForPort: () => ipcRenderer.send('give-port'),
  given: () => given,
}
contextBridge.exposeInMainWorld('tiny', api)
ipcRenderer.on('a-port', (event, words) => {
  const port = /** @type {MessagePort} */ (event.ports[0])
  port.addEventListener('message', ({ data }) => given.push(words, data))
  port.start()
  port.postMessage('from the page')
})
window.addEventListener('message', ({ data, ports }) => {
  if (data === 'connect') ipcRenderer.postMessage('port', 'hello', [...ports])
})
