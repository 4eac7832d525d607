import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { connectChannel } from './port-channel.ts'

/**
 * All that the page gets: one port to the contract each time it asks for one (a page that is loaded anew asks anew), and the
 * path of a file that was dropped on it.
 */
contextBridge.exposeInMainWorld('firstnode', { pathOf: (file: File): string => webUtils.getPathForFile(file) })

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || !isAsk(event.data)) return
  const { port1, port2 } = new MessageChannel()
  ipcRenderer.postMessage(connectChannel, null, [port1])
  // To this very window: the target can be no other.
  window.postMessage({ firstnode: 'port' }, '*', [port2])
})

function isAsk(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'firstnode' in data && data.firstnode === 'ask-port'
}
