import { isAbsolute } from 'node:path'
import type { WebPreferences } from 'electron'
import { knownOptions } from './strict.ts'

/** What the window's page may do: Electron's own defaults where nothing is said. */
export interface Preferences {
  readonly sandbox: boolean
  readonly contextIsolation: boolean
  readonly nodeIntegration: boolean
  readonly nodeIntegrationInWorker: boolean
  readonly nodeIntegrationInSubFrames: boolean
  readonly webSecurity: boolean
  readonly allowRunningInsecureContent: boolean
  readonly experimentalFeatures: boolean
  readonly webviewTag: boolean
  readonly navigateOnDragDrop: boolean
  readonly devTools: boolean
  readonly spellcheck: boolean
  readonly backgroundThrottling: boolean
  readonly safeDialogs: boolean
  readonly disableDialogs: boolean
  readonly plugins: boolean
  readonly enableBlinkFeatures: string
  readonly preload: string | null
  readonly additionalArguments: readonly string[]
}

let sandboxForAll = false

/** `app.enableSandbox()`: no page of this application can do without. */
export function enableSandbox(): void {
  sandboxForAll = true
}

const known = [
  'sandbox', 'contextIsolation', 'nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webSecurity', 'allowRunningInsecureContent',
  'experimentalFeatures', 'webviewTag', 'navigateOnDragDrop', 'devTools', 'spellcheck', 'backgroundThrottling', 'safeDialogs', 'disableDialogs', 'plugins', 'enableBlinkFeatures', 'preload', 'additionalArguments',
] as const satisfies readonly (keyof WebPreferences)[]

export function readPreferences(given: WebPreferences): Preferences {
  knownOptions('webPreferences', given, known)
  if (given.preload !== undefined && !isAbsolute(given.preload)) throw new Error(`preload script must have absolute path: ${given.preload}`)
  const nodeIntegration = given.nodeIntegration ?? false
  return {
    sandbox: sandboxForAll || (given.sandbox ?? !nodeIntegration),
    contextIsolation: given.contextIsolation ?? true,
    nodeIntegration,
    nodeIntegrationInWorker: given.nodeIntegrationInWorker ?? false,
    nodeIntegrationInSubFrames: given.nodeIntegrationInSubFrames ?? false,
    webSecurity: given.webSecurity ?? true,
    allowRunningInsecureContent: given.allowRunningInsecureContent ?? given.webSecurity === false,
    experimentalFeatures: given.experimentalFeatures ?? false,
    webviewTag: given.webviewTag ?? false,
    navigateOnDragDrop: given.navigateOnDragDrop ?? false,
    devTools: given.devTools ?? true,
    spellcheck: given.spellcheck ?? true,
    backgroundThrottling: given.backgroundThrottling ?? true,
    safeDialogs: given.safeDialogs ?? false,
    disableDialogs: given.disableDialogs ?? false,
    plugins: given.plugins ?? false,
    enableBlinkFeatures: given.enableBlinkFeatures ?? '',
    preload: given.preload ?? null,
    additionalArguments: given.additionalArguments ?? [],
  }
}
