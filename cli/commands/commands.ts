import type { Command } from '../command.ts'

/** Every command, in the order in which a person meets them. Each is loaded when it is called. */
const commands = {
  up: async () => (await import('./up.ts')).up,
  install: async () => (await import('./install.ts')).install,
  check: async () => (await import('./check.ts')).check,
  prepare: async () => (await import('./prepare.ts')).prepare,
  plan: async () => (await import('./plan.ts')).plan,
  status: async () => (await import('./status.ts')).status,
  show: async () => (await import('./show.ts')).show,
  clients: async () => (await import('./clients.ts')).clients,
  'api-key': async () => (await import('./api-key.ts')).apiKey,
  token: async () => (await import('./token.ts')).token,
  save: async () => (await import('./save.ts')).save,
  join: async () => (await import('./join.ts')).join,
  kibana: async () => (await import('./kibana.ts')).kibana,
  'reset-password': async () => (await import('./reset-password.ts')).resetPassword,
  renew: async () => (await import('./renew.ts')).renew,
  open: async () => (await import('./open.ts')).open,
  start: async () => (await import('./start.ts')).start,
  stop: async () => (await import('./stop.ts')).stop,
  undo: async () => (await import('./undo.ts')).undo,
  wizard: async () => (await import('./wizard.ts')).wizard,
  diagnostics: async () => (await import('./diagnostics.ts')).diagnostics,
  about: async () => (await import('./about.ts')).about,
} satisfies Record<string, () => Promise<Command>>

export const commandNames = Object.keys(commands)

/** The command of this name; null where there is none. */
export async function commandOf(name: string): Promise<Command | null> {
  return Object.hasOwn(commands, name) ? commands[name as keyof typeof commands]() : null
}

/** All of them, for what is said of all. */
export function allCommands(): Promise<Command[]> {
  return Promise.all(Object.values(commands).map((load) => load()))
}
