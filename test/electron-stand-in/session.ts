import type { Session as ElectronSession } from 'electron'
import { StandInEmitter } from './emitter.ts'
import { permissionHandlers } from './permissions.ts'
import { protocol } from './protocol.ts'
import { strict } from './strict.ts'
import { webRequest } from './web-request.ts'

type Members = 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'setSpellCheckerEnabled' | 'isSpellCheckerEnabled' | 'clearCache' | 'clearStorageData' | 'setUSBProtectedClassesHandler' | 'setBluetoothPairingHandler' | 'resolveProxy'

let spellChecker = true
const members = {
  ...permissionHandlers,
  // Chromium has no device, display or Bluetooth to give here: there is nothing these could be asked about.
  setDevicePermissionHandler: () => {},
  setDisplayMediaRequestHandler: () => {},
  setUSBProtectedClassesHandler: () => {},
  setBluetoothPairingHandler: () => {},
  setSpellCheckerEnabled: (enable: boolean) => void (spellChecker = enable),
  isSpellCheckerEnabled: () => spellChecker,
  clearCache: () => Promise.resolve(),
  clearStorageData: () => Promise.resolve(),
  resolveProxy: () => Promise.resolve('DIRECT'),
} satisfies Pick<ElectronSession, Members>

export const defaultSession = strict('session', Object.assign(new StandInEmitter('session', ['will-download', 'select-hid-device', 'select-serial-port', 'select-usb-device']), members, { protocol, webRequest }))
export const session = strict('session', { defaultSession })
