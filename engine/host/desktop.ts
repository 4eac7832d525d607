import type { Copied, MenuChoice, PickWish, SaveWish, UpdateState } from '../../shared/contract/desktop.ts'

/** What a host with a window can do beyond the contract's work; a host without one gives null. Paths are absolute. */
export interface Desktop {
  /** The system's dialog; null where it was closed without a choice. */
  pick(wish: PickWish): Promise<string | null>
  /** Shows a file or folder in the system's file manager. */
  reveal(path: string): Promise<void>
  /** Asks where to, and writes; gives the path, or null where the dialog was closed. Ends with `not_saved`. */
  saveText(wish: SaveWish): Promise<string | null>
  /** Copies; a secret is taken out of the clipboard after a minute, if it is still what is in it. */
  copy(text: string, secret: boolean): Promise<Copied>
  /** Takes out what `copy` put there, if it is still that; says whether it was. */
  clearCopied(): Promise<boolean>
  /** The choices in the menu from now on, until `signal` aborts. */
  menuChoices(signal: AbortSignal | undefined): AsyncIterable<MenuChoice>
  /** The proxy by which the system reaches an address (`http://HOST:PORT`), also where a script chooses it; null for none. */
  proxyFor(address: string): Promise<string | null>
  readonly updates: Updates
}

/** New versions of Firstnode itself: asked for, never forced. */
export interface Updates {
  state(): UpdateState
  look(): Promise<UpdateState>
  fetch(): Promise<UpdateState>
  /** Ends the application and starts the new version. Ends with `something_under_way` while a home is being changed. */
  install(): Promise<void>
}

/** What every host can tell of itself. */
export interface HostAccount {
  /** The newest lines of the host's own log, without secrets; empty where it keeps none. */
  log(): Promise<string>
  /** The log's folder, or null. */
  readonly logFolder: string | null
  /** name → version of what it runs on, beside Node and the operating system */
  readonly versions: Readonly<Record<string, string>>
}

export const quietAccount: HostAccount = { log: () => Promise.resolve(''), logFolder: null, versions: {} }
