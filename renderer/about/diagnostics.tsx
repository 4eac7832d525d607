import { Skeleton } from '@mantine/core'
import { useAsk } from '../connection/use-ask.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { SmallButton } from '../design/small-button.tsx'
import { Trouble } from '../design/trouble.tsx'

/** The text for a report, to be read before it is copied. */
export function Diagnostics() {
  const asked = useAsk('diagnostics', (engine, signal) => engine.host.diagnostics(undefined, { signal }))
  return (
    <>
      <div className="diagnostics-head">
        <p className="small quiet grow">
          For a report: versions, this machine, what was found on it, the newest lines of the log. Passwords, keys and tokens are masked. Nothing is sent anywhere; read it, then copy it.
        </p>
        <div className="row">
          {asked.state === 'asking' ? null : (
            <SmallButton icon="again" onPress={asked.again}>
              Refresh
            </SmallButton>
          )}
          {asked.state === 'answered' ? <CopyButton what="diagnostics" text={asked.answer.text} /> : null}
        </div>
      </div>
      {asked.state === 'refused' ? <Trouble problem={asked.problem} /> : null}
      {asked.state === 'asking' ? (
        <div className="about-scroll" aria-busy="true" aria-label="Looking at this machine">
          <Skeleton height={260} radius="md" />
        </div>
      ) : null}
      {asked.state === 'answered' ? (
        <pre className="diagnostics-text mono" tabIndex={0} role="region" aria-label="Diagnostics">
          {asked.answer.text}
        </pre>
      ) : null}
    </>
  )
}
