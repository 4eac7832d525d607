import type { Dialog } from 'electron'
import { strict } from './strict.ts'

/** A dialog waits for a person, and there is none: a test answers by replacing the function, as with the real one. */
const nobody = (kind: string) => (...asked: unknown[]): never => {
  const options = asked.findLast((one) => typeof one === 'object' && one !== null && Object.getPrototypeOf(one) === Object.prototype) ?? asked
  throw new Error(`A dialog was opened that nobody answers: ${kind} ${JSON.stringify(options)}`)
}

const members = {
  showOpenDialog: nobody('showOpenDialog'),
  showOpenDialogSync: nobody('showOpenDialogSync'),
  showSaveDialog: nobody('showSaveDialog'),
  showSaveDialogSync: nobody('showSaveDialogSync'),
  showMessageBox: nobody('showMessageBox'),
  showMessageBoxSync: nobody('showMessageBoxSync'),
  showErrorBox: nobody('showErrorBox'),
} satisfies Pick<Dialog, 'showOpenDialog' | 'showOpenDialogSync' | 'showSaveDialog' | 'showSaveDialogSync' | 'showMessageBox' | 'showMessageBoxSync' | 'showErrorBox'>

export const dialog = strict('dialog', members)
