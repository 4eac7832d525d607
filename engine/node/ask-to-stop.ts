import { signalTo, type Doomed } from './end-processes.ts'
import type { NodeProcess } from './server-processes.ts'

/** A process of a node that is to end. */
export interface Running extends Doomed {
  readonly role: NodeProcess['role']
  readonly parent: number
  readonly uid: number | null
}

/**
 * How a node is asked to end. `signal`: SIGTERM. `launcher`: the launcher that waits for its server is ended. The server reads from it, notices that it is
 * gone (Elasticsearch's CLI monitor thread) and shuts down as it does on Ctrl-C: no request is cut off, the log says "closed". It is the one way on Windows, which has
 * no signal to ask a program without a window.
 */
export type WayToAsk = 'signal' | 'launcher'

export const wayToAsk = (platform: NodeJS.Platform): WayToAsk => (platform === 'win32' ? 'launcher' : 'signal')

/** Asks whom there is to ask. False where that is nobody: a server that has no launcher any more, and hears no signal. */
export function askToStop(processes: readonly Running[], way: WayToAsk, send: (one: Running, signal: 'SIGTERM' | 'SIGKILL') => void = signalTo): boolean {
  if (way === 'launcher') {
    const launchers = processes.filter(({ role }) => role === 'launcher')
    for (const one of launchers) send(one, 'SIGKILL')
    return launchers.length > 0
  }
  // A launcher in the foreground ends with its server, so only one that has none yet is asked itself.
  const parents = processes.filter(({ role }) => role === 'server').map(({ parent }) => parent)
  for (const one of processes) if (one.role === 'server' || !parents.includes(one.pid)) send(one, 'SIGTERM')
  return true
}
