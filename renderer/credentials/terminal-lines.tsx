import { useState } from 'react'
import type { TryAnswer } from '../../shared/contract/node.ts'
import type { Credentials } from '../../shared/contract/setup.ts'
import { type Shell, shellLines, shells } from '../../shared/shell-lines.ts'
import { useDo } from '../connection/use-ask.ts'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { SmallButton } from '../design/small-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { Answer } from './answer.tsx'

const shellNames: Readonly<Record<Shell, string>> = { sh: 'sh, bash, zsh', fish: 'fish', powershell: 'PowerShell', cmd: 'cmd' }

/** Lines for a terminal in the person's shell, each with copy; and the same call made from here. */
export function TerminalLines({ credentials, setupId, shown, onTaken }: { credentials: Credentials; setupId: string; shown: boolean; onTaken: () => void }) {
  const { info } = useWizard()
  const target = useTarget()
  const [shell, setShell] = useState<Shell>(info.shell)
  const [answer, setAnswer] = useState<TryAnswer | null>(null)
  const attempt = useDo(async (engine) => setAnswer(await engine.cluster.tryIt({ target, setupId })))
  const { password } = credentials
  const lines = (text: string) => shellLines({ shell, url: credentials.url, username: credentials.username, password: text, caCertificate: credentials.caCertificate })
  const real = lines(password ?? '')
  return (
    <section className="stack tight" aria-labelledby="terminal">
      <div className="row wrap terminal-head">
        <h2 id="terminal" className="grow">
          In your terminal
        </h2>
        <ShellChoice shell={shell} onChange={setShell} />
      </div>
      {password === null ? null : (
        <CodeLine label="Line that sets the password" actions={<CopyButton what="line with the password" text={real.setPassword} secret onCopied={onTaken} />}>
          {shown ? real.setPassword : lines('•'.repeat(12)).setPassword}
        </CodeLine>
      )}
      <CodeLine
        label="Line that calls Elasticsearch"
        actions={
          <>
            <CopyButton what="curl line" text={real.curl} />
            <SmallButton icon="play" busy={attempt.busy} onPress={() => attempt.start()}>
              Try it
            </SmallButton>
          </>
        }
      >
        {real.curl}
      </CodeLine>
      {attempt.problem === null ? null : <Trouble problem={attempt.problem} />}
      {answer === null ? null : <Answer answer={answer} />}
    </section>
  )
}

function ShellChoice({ shell, onChange }: { shell: Shell; onChange: (shell: Shell) => void }) {
  return (
    <div className="shells" role="group" aria-label="Shell">
      {shells.map((id) => (
        <button key={id} type="button" className="plain" aria-pressed={shell === id} onClick={() => onChange(id)}>
          {shellNames[id]}
        </button>
      ))}
    </div>
  )
}
