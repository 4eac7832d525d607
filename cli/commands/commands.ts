import type { Command } from '../command.ts'
import { about } from './about.ts'
import { check } from './check.ts'
import { diagnostics } from './diagnostics.ts'
import { join } from './join.ts'
import { kibana } from './kibana.ts'
import { plan } from './plan.ts'
import { prepare } from './prepare.ts'
import { resetPassword } from './reset-password.ts'
import { show } from './show.ts'
import { start } from './start.ts'
import { status } from './status.ts'
import { stop } from './stop.ts'
import { token } from './token.ts'
import { undo } from './undo.ts'
import { up } from './up.ts'
import { wizard } from './wizard.ts'

/** Every command, in the order in which a person meets them. */
export const commands: readonly Command[] = [up, check, prepare, plan, status, show, token, join, resetPassword, start, stop, undo, wizard, diagnostics, about]
export const commands: readonly Command[] = [up, check, prepare, plan, status, show, token, kibana, resetPassword, start, stop, undo, wizard, diagnostics, about]
