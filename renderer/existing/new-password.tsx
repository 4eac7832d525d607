import { quotes } from '../../shared/shell-lines.ts'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { useWizard } from '../place/wizard.ts'

/** A new elastic password by Elasticsearch's own tool, which needs nobody's old one. */
export function NewPassword({ home }: { home: string }) {
  const { info } = useWizard()
  const windows = info.platform === 'win32'
  const tool = [home, 'bin', `elasticsearch-reset-password${windows ? '.bat' : ''}`].join(info.separator)
  const line = `${info.shell === 'powershell' ? '& ' : ''}${quotes[info.shell](tool)} -u elastic`
  return (
    <div className="stack tight">
      <p>
        While the node runs, run this as the account that runs it. It prints a new password for the <span className="mono">elastic</span> user; the old one ends.
      </p>
      <CodeLine label="Line that sets a new password" actions={<CopyButton what="line for a new password" text={line} />}>
        {line}
      </CodeLine>
    </div>
  )
}
