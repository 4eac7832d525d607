import { useEffect, useEffectEvent, useState } from 'react'
import type { ClusterView } from '../../shared/contract/node.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { useEngine } from '../connection/engine.ts'
import { type Asked, useAsk } from '../connection/use-ask.ts'

/** ms between two looks at the cluster. */
const lookEvery = 4000

/** The cluster as it is, looked at anew every few seconds while the page is in sight: a node appears as it joins. */
export function useCluster(target: NodeTarget, setupId: string): Asked<ClusterView> & { readonly again: () => void } {
  const engine = useEngine()
  const first = useAsk(setupId, (asked, signal) => asked.cluster.view({ target, setupId }, { signal }))
  const [newest, setNewest] = useState<{ of: string; view: ClusterView } | null>(null)
  const again = (): void => {
    setNewest(null)
    first.again()
  }
  const lookOnce = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const view = await engine.cluster.view({ target, setupId }, { signal })
      if (!signal.aborted) setNewest({ of: setupId, view })
    } catch {
      // Asked once more, in sight: that says why, or waits for the connection.
      if (!signal.aborted) again()
    }
  })
  const answered = first.state === 'answered'
  useEffect(() => {
    if (!answered) return undefined
    const controller = new AbortController()
    const { signal } = controller
    let timer: ReturnType<typeof setTimeout>
    const waitAndLook = (): void => {
      timer = setTimeout(() => void look(), lookEvery)
    }
    const look = async (): Promise<void> => {
      if (document.visibilityState === 'visible') await lookOnce(signal)
      if (!signal.aborted) waitAndLook()
    }
    waitAndLook()
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [answered])
  return answered && newest?.of === setupId ? { state: 'answered', answer: newest.view, again } : { ...first, again }
}
