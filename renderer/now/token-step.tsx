import { Button } from '@mantine/core'
import { useState } from 'react'
import type { EnrollmentTokenView } from '../../shared/contract/setup.ts'
import { useDo } from '../connection/use-ask.ts'
import { TokenCard } from '../credentials/kibana-token.tsx'
import { Trouble } from '../design/trouble.tsx'
import { AllTheSame } from '../design/all-the-same.tsx'
import { useTarget } from '../place/wizard.ts'

/** The step of a way at which somebody makes an enrollment token, and has it then. `onMade` hears of it; `aside`: another press is the way on. */
export function TokenStep({ setupId, scope, words, aside = false, onMade = () => undefined }: {
  setupId: string
  scope: EnrollmentTokenView['scope']
  words: string
  aside?: boolean
  onMade?: (token: EnrollmentTokenView) => void
}) {
  const target = useTarget()
  const [token, setToken] = useState<EnrollmentTokenView | null>(null)
  const make = useDo(async (engine, force?: true) => {
    const made = await engine.cluster.token({ target, setupId, scope, ...(force === undefined ? {} : { force }) })
    setToken(made)
    onMade(made)
  })
  return (
    <>
      {token === null ? (
        <div>
          <Button variant={aside ? 'default' : 'filled'} onClick={() => make.start()} loading={make.busy}>
            {words}
          </Button>
        </div>
      ) : (
        <TokenCard token={token} />
      )}
      {make.problem === null ? null : <Trouble problem={make.problem} />}
      <AllTheSame problem={make.problem} busy={make.busy} onPress={() => make.start(true)} />
    </>
  )
}
