import '../now/now-page.css'
import { Button } from '@mantine/core'
import type { ClusterView } from '../../shared/contract/cluster-view.ts'
import type { SetupState } from '../../shared/contract/setup.ts'
import { duration } from '../../shared/duration.ts'
import { StateMark } from '../design/state-mark.tsx'
import { Fold } from '../layout/fold.tsx'
import { Page } from '../layout/page.tsx'
import { ClusterDrawing } from '../now/cluster-drawing.tsx'
import { useWizard } from '../place/wizard.ts'
import { secondsOf } from '../start/stages.ts'
import { Timeline } from '../start/timeline.tsx'

/** The cluster as it lists its nodes, the new one among them: that is the proof. */
export function JoinedPage({ state, cluster }: { state: SetupState; cluster: ClusterView }) {
  const { begin, go } = useWizard()
  const name = state.facts?.nodeName ?? state.node?.name ?? 'The node'
  return (
    <Page
      state={<StateMark state="good" />}
      title={`${name} joined the cluster`}
      lead={
        <>
          <span className="mono">{cluster.name}</span> lists the new node after {duration(secondsOf(state, state.startedAt))}. Users and
          passwords are those of the cluster.
        </>
      }
      primary={{ words: 'Show the node', onPress: () => go('existing', { setupId: null }) }}
      second={
        <Button variant="default" onClick={() => begin()}>
          Add another node
        </Button>
      }
    >
      <ClusterDrawing cluster={cluster} />
      <Fold title="Phases" hint={duration(secondsOf(state, state.startedAt))}>
        <Timeline phases={state.phases} now={0} />
      </Fold>
    </Page>
  )
}
