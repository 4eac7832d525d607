import { Button } from '@mantine/core'
import type { ProblemView } from '../../shared/contract/target.ts'

/** The press that makes a token of a cluster whose health is red; there is none where it was refused for anything else. */
export function AllTheSame({ problem, busy, onPress }: { problem: ProblemView | null; busy: boolean; onPress: () => void }) {
  if (problem?.code !== 'cluster_red') return null
  return (
    <div>
      <Button variant="default" loading={busy} onClick={onPress}>
        Make it all the same
      </Button>
    </div>
  )
}
