import { useEffect, useState } from 'react'
import type { ProblemView } from '../../shared/contract/target.ts'
import type { WorkState } from '../../shared/contract/work.ts'
import { useConnection } from './engine.ts'
import { followStream } from './follow-stream.ts'

/** A piece of work as it goes on, null until it is heard of. `problem`: it is not known any more. A broken connection is bridged. */
export function useWork(workId: string): { readonly state: WorkState | null; readonly problem: ProblemView | null } {
  const connection = useConnection()
  const [state, setState] = useState<WorkState | null>(null)
  const [problem, setProblem] = useState<ProblemView | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    void followStream(connection, signal, (engine) => engine.work.watch({ workId }, { signal }), { onEvent: setState, onProblem: setProblem })
    return () => controller.abort()
  }, [connection, workId])
  return { state, problem }
}
