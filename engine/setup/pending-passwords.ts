import type { NewPassword } from '../../shared/contract/password.ts'
import { Secret } from '../../shared/secret.ts'

/** New passwords that were set by this process and that nobody has yet: in memory only, the newest of each config directory. */
export class PendingPasswords {
  readonly #pending = new Map<string, { readonly set: Omit<NewPassword, 'password'>; readonly password: Secret }>()

  keep(config: string, { password, ...set }: NewPassword): void {
    this.#pending.set(config, { set, password: new Secret(password) })
  }

  /** Null where none was set, or somebody has it. */
  of(config: string): NewPassword | null {
    const pending = this.#pending.get(config)
    return pending === undefined ? null : { ...pending.set, password: pending.password.reveal() }
  }

  /** Somebody has it: it is forgotten, unless it is of another user. */
  handedOver(config: string, username: string): void {
    if (this.#pending.get(config)?.set.username === username) this.forget(config)
  }

  /** The cluster whose user it was is gone. */
  forget(config: string): void {
    this.#pending.delete(config)
  }
}
