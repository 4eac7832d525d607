import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { strict } from './strict.ts'

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown

/** What pages send by `ipcRenderer` arrives here: for all of them (`ipcMain`) or for one (`webContents.ipc`). */
export class StandInIpc extends EventEmitter implements Pick<IpcMain, 'handle' | 'handleOnce' | 'removeHandler'> {
  readonly #handlers = new Map<string, { readonly handler: Handler; readonly once: boolean }>()

  handle(channel: string, handler: Handler): void {
    this.#add(channel, handler, false)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.#add(channel, handler, true)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Answers one `invoke`; null where nobody handles the channel. */
  answer(channel: string, event: object, args: readonly unknown[]): Promise<unknown> | null {
    const found = this.#handlers.get(channel)
    if (found === undefined) return null
    if (found.once) this.#handlers.delete(channel)
    return Promise.resolve().then(() => found.handler(event as IpcMainInvokeEvent, ...args))
  }

  #add(channel: string, handler: Handler, once: boolean): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, { handler, once })
  }
}

export const allIpc = new StandInIpc()
export const ipcMain = strict('ipcMain', allIpc)
