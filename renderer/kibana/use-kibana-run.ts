import { useState } from 'react'
import type { KibanaRun } from '../../shared/contract/kibana.ts'
import { useStateAndLog, type Watched } from '../start/use-state-and-log.ts'

export interface WatchedKibana extends Watched<KibanaRun> {
  /** somebody enrolled it while it was watched */
  readonly enrolled: boolean
}

/** A start of Kibana as it goes on: its state and its log. */
export function useKibanaRun(runId: string): WatchedKibana {
  const [enrolled, setEnrolled] = useState(false)
  const watched = useStateAndLog<KibanaRun>(
    runId,
    (engine, id, signal) => engine.kibana.watch({ runId: id }, { signal }),
    ({ stage }) => {
      if (stage === 'enrolled') setEnrolled(true)
    },
  )
  return { ...watched, enrolled }
}
