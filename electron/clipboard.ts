import type { Copied } from '../shared/contract/desktop.ts'
import { Secret } from '../shared/secret.ts'
import type { Clock } from './clock.ts'

/** How long a secret stays in the clipboard, in ms. */
export const secretStays = 60_000
/** A clipboard that does not answer keeps nobody from quitting for longer than this, in ms. */
export const mostPatience = 2000

interface SystemClipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
}

/** A clipboard that forgets secrets, but never what somebody copied since. */
export interface ForgetfulClipboard {
  copy(text: string, secret: boolean): Promise<Copied>
  /** Takes out what was copied last, if it is still what is in the clipboard; says whether it was. */
  clearCopied(): Promise<boolean>
  /** At the end of the application: takes a secret out before its minute is over, if it is still what is in the clipboard. Never rejects. */
  forgetSecret(): Promise<void>
}

/** `onTrouble` hears why a secret could not be taken out. */
export function createClipboard(system: SystemClipboard, clock: Clock, onTrouble: (cause: unknown) => void): ForgetfulClipboard {
  let ours: { readonly text: Secret; readonly secret: boolean } | null = null
  let callOff = (): void => {}

  async function clearCopied(): Promise<boolean> {
    callOff()
    const mine = ours
    ours = null
    if (mine === null || (await system.readText()) !== mine.text.reveal()) return false
    await system.writeText('')
    return true
  }

  return {
    async copy(text, secret) {
      await system.writeText(text)
      callOff()
      ours = { text: new Secret(text), secret }
      if (!secret) return { clearsAt: null }
      callOff = clock.later(secretStays, () => void clearCopied().catch(onTrouble))
      return { clearsAt: clock.now() + secretStays }
    },
    clearCopied,
    async forgetSecret() {
      if (ours?.secret !== true) return
      const late = Promise.withResolvers<never>()
      const inTime = clock.later(mostPatience, () => late.reject(new Error(`it does not answer for ${mostPatience} ms`)))
      await Promise.race([clearCopied(), late.promise]).catch(onTrouble)
      inTime()
    },
  }
}
