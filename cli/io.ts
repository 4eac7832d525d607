import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../shared/contract/contract.ts'

/** The engine as a command sees it: the contract, called in process. */
export type Engine = ContractRouterClient<typeof contract>

/** An engine that was opened, and its end: what is being applied is put back first, nodes that run stay. */
export interface OpenEngine {
  readonly engine: Engine
  close(): Promise<void>
}

/** A stream that is written to, as far as a command cares. */
export interface Output {
  write(text: string, written?: (error?: Error | null) => void): boolean
  on(event: 'error', listener: (error: Error) => void): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A stream that is read from; `setRawMode` only on a terminal. */
export interface Input extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
  resume?(): unknown
  pause?(): unknown
  on?(event: 'data', listener: (chunk: Buffer | string) => void): unknown
  off?(event: 'data', listener: (chunk: Buffer | string) => void): unknown
}

export type StopSignal = 'SIGINT' | 'SIGTERM'

/** Everything outside that a command touches, so that a test can stand in for all of it. */
export interface Io {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly platform: NodeJS.Platform
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  /** whether the one result of this command was begun to be written: whatever goes wrong afterwards belongs on standard error */
  readonly answer: { begun: boolean }
  /** calls back on each SIGINT and SIGTERM; gives the way to stop listening */
  onSignal(listener: (signal: StopSignal) => void): () => void
  /** loads and opens the engine: only a command that needs it pays for it */
  openEngine(): Promise<OpenEngine>
  /** becomes the browser host, called with these arguments; it ends the process itself */
  openWizard(args: readonly string[]): Promise<number>
}
