import type { ContractRouterClient } from '@orpc/contract'
import { createContext, use } from 'react'
import type { contract } from '../../shared/contract/contract.ts'

/** The contract as the page calls it, whatever carries it. */
export type Engine = ContractRouterClient<typeof contract>

/** `open`: calls are answered. `lost`: the connection broke and is being made anew. `spent` and `gone`: it will not come back by itself. */
export type Standing = 'open' | 'lost' | 'spent' | 'gone'

export interface Connection {
  readonly engine: Engine
  readonly standing: () => Standing
  /** Tells every change of the standing; gives the way to stop that. */
  readonly onStanding: (listener: () => void) => () => void
}

export const ConnectionContext = createContext<Connection | null>(null)

export function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (connection === null) throw new Error('There is no connection above this component')
  return connection
}

export function useEngine(): Engine {
  return useConnection().engine
}
