import type { NativeTheme } from 'electron'
import type { Session } from './cdp.ts'
import { StandInEmitter } from './emitter.ts'
import { happenings } from './stand-in-state.ts'
import { strict } from './strict.ts'

type Source = NativeTheme['themeSource']

/** The theme of a machine that is light, until a test says otherwise by `systemIsDark`. */
class StandInTheme extends StandInEmitter implements Pick<NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'shouldUseInvertedColorScheme' | 'prefersReducedTransparency'> {
  readonly shouldUseHighContrastColors = false
  readonly shouldUseInvertedColorScheme = false
  readonly prefersReducedTransparency = false
  #source: Source = 'system'
  #systemIsDark = false

  constructor() {
    super('nativeTheme', ['updated'])
  }

  get themeSource(): Source {
    return this.#source
  }

  set themeSource(source: Source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Error processing argument at index 0, conversion failure from ${source}`)
    this.#change(() => (this.#source = source))
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark' || (this.#source === 'system' && this.#systemIsDark)
  }

  /** Only in the stand-in: the person changes the system's own theme. */
  set systemIsDark(dark: boolean) {
    this.#change(() => (this.#systemIsDark = dark))
  }

  #change(make: () => void): void {
    const before = this.shouldUseDarkColors
    make()
    if (before === this.shouldUseDarkColors) return
    happenings.emit('dark', this.shouldUseDarkColors)
    this.emit('updated')
  }
}

export const nativeTheme = strict('nativeTheme', new StandInTheme())

/** The page's `prefers-color-scheme`. Playwright sets one as well, until it is told `colorScheme: null`. */
export async function showScheme(session: Session): Promise<void> {
  const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
  await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] }).catch(() => undefined)
}
