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

export const EngineContext = createContext<Engine | null>(null)

export function useEngine(): Engine {
  const engine = use(EngineContext)
  if (engine === null) throw new Error('There is no engine above this component')
  return engine
}
