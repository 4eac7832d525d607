import type { Copied, MenuChoice, PickWish, SaveWish, UpdateState } from '../../shared/contract/desktop.ts'
import type { Desktop, Updates } from '../../engine/host/desktop.ts'
import { problem } from '../../shared/problems/problem.ts'

/** A system with dialogs, a clipboard and a menu, answered by a test. It remembers what it was asked. */
export class ScriptedDesktop implements Desktop {
  /** what the next dialog for a folder or an archive gives; null: it is closed */
  picked: string | null = null
  readonly pickWishes: PickWish[] = []
  /** where the next text is saved; null: the dialog is closed */
  savedTo: string | null = null
  /** the place that was chosen cannot be written to */
  refusesToSave = false
  readonly saveWishes: SaveWish[] = []
  readonly revealed: string[] = []
  clipboard = ''
  /** ms a secret stays in the clipboard */
  life = 60_000
  readonly updates = new ScriptedUpdates()
  readonly #menus = new Set<(choice: MenuChoice | null) => void>()
  #clearing: NodeJS.Timeout | null = null

  pick(wish: PickWish): Promise<string | null> {
    this.pickWishes.push(wish)
    return Promise.resolve(this.picked)
  }

  proxyFor(): Promise<null> {
    return Promise.resolve(null)
  }

  reveal(path: string): Promise<void> {
    this.revealed.push(path)
    return Promise.resolve()
  }

  saveText(wish: SaveWish): Promise<string | null> {
    this.saveWishes.push(wish)
    if (this.refusesToSave) throw problem('not_saved', { path: '/readonly/http_ca.crt', why: 'the disk is read-only' })
    return Promise.resolve(this.savedTo)
  }

  copy(text: string, secret: boolean): Promise<Copied> {
    this.clipboard = text
    if (this.#clearing !== null) clearTimeout(this.#clearing)
    if (!secret) return Promise.resolve({ clearsAt: null })
    this.#clearing = setTimeout(() => void this.clearCopied(), this.life)
    this.#clearing.unref()
    return Promise.resolve({ clearsAt: Date.now() + this.life })
  }

  clearCopied(): Promise<boolean> {
    const was = this.clipboard !== ''
    this.clipboard = ''
    return Promise.resolve(was)
  }

  /** whether a page listens to the menu */
  get heard(): boolean {
    return this.#menus.size > 0
  }

  choose(choice: MenuChoice): void {
    for (const tell of this.#menus) tell(choice)
  }

  async *menuChoices(signal: AbortSignal | undefined): AsyncGenerator<MenuChoice, void> {
    const waiting: (MenuChoice | null)[] = []
    let wake = (): void => undefined
    const listen = (choice: MenuChoice | null): void => {
      waiting.push(choice)
      wake()
    }
    this.#menus.add(listen)
    signal?.addEventListener('abort', () => listen(null))
    try {
      for (;;) {
        const choice = waiting.shift()
        if (choice === null) return
        if (choice !== undefined) yield choice
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      this.#menus.delete(listen)
    }
  }
}

/** A newer version that is there, and is fetched when somebody says so. */
class ScriptedUpdates implements Updates {
  readonly asked: string[] = []
  now: UpdateState = { stage: 'idle', version: null, percent: null, reason: null }

  state(): UpdateState {
    return this.now
  }

  look(): Promise<UpdateState> {
    this.asked.push('look')
    this.now = { ...this.now, stage: 'available', version: '0.2.0' }
    return Promise.resolve(this.now)
  }

  fetch(): Promise<UpdateState> {
    this.asked.push('fetch')
    this.now = { ...this.now, stage: 'ready' }
    return Promise.resolve(this.now)
  }

  install(): Promise<void> {
    this.asked.push('install')
    return Promise.resolve()
  }
}
