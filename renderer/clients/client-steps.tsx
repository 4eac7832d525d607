import '../now/now-page.css'
import { useState } from 'react'
import type { ClientSnippet, Trust } from '../../shared/contract/clients.ts'
import { useDo } from '../connection/use-ask.ts'
import { saveText } from '../credentials/save-text.ts'
import { CodeBlock } from '../design/code-block.tsx'
import { CodeLine } from '../design/code-line.tsx'
import { CopyButton } from '../design/copy-button.tsx'
import { SmallButton } from '../design/small-button.tsx'
import { Trouble } from '../design/trouble.tsx'
import { useWizard } from '../place/wizard.ts'

const proved: Readonly<Record<ClientSnippet['proved'], string>> = {
  run: 'Our tests run these lines with the real client.',
  part: 'Our tests run these lines with a part of the real one.',
  schema: 'Our tests compare these lines with the documented settings; they could not run the real one.',
}

const trusts: readonly (readonly [Trust, string])[] = [
  ['ca', 'By the CA certificate'],
  ['fingerprint', 'By the CA fingerprint'],
]

/** One client: what to install, the file with its code, and the line that runs it; first by what it should know the node, where it can do both. */
export function ClientSteps({ client }: { client: ClientSnippet }) {
  const [trust, setTrust] = useState<Trust>(client.trust)
  const way = client.other?.trust === trust ? client.other : client
  return (
    <>
      <div className="row client-head">
        <h2 className="grow">{client.title}</h2>
        {client.other === null ? null : (
          <div className="shells" role="group" aria-label="How it knows the node">
            {trusts.map(([id, name]) => (
              <button key={id} type="button" className="plain" aria-pressed={way.trust === id} onClick={() => setTrust(id)}>
                {name}
              </button>
            ))}
          </div>
        )}
      </div>
      {way.needs.map((need) => (
        <p key={need} className="small">
          {need}
        </p>
      ))}
      <ol className="steps client-steps">
        <li>
          <p>{client.installs}.</p>
          <CodeLine label={client.installs} actions={<CopyButton what={`line: ${client.installs}`} text={client.install} />}>
            {client.install}
          </CodeLine>
        </li>
        <li>
          <p>
            Save this as <span className="mono">{client.file}</span>. {client.place}
          </p>
          <Code file={client.file} code={way.code} />
          <p className={way === client ? 'small quiet' : 'notice client-checks'}>What it checks: {lowerFirst(way.checks)}</p>
        </li>
        <li>
          <p>Run it. {client.outcome}</p>
          <CodeLine label="Line that runs it" actions={<CopyButton what="line that runs it" text={client.run} />}>
            {client.run}
          </CodeLine>
        </li>
      </ol>
      {client.notes.map((note) => (
        <p key={note} className="small">
          {note}
        </p>
      ))}
      <p className="small quiet">{proved[client.proved]}</p>
    </>
  )
}

function Code({ file, code }: { file: string; code: string }) {
  const { info } = useWizard()
  const [saved, setSaved] = useState<string | null>(null)
  const name = file.split('/').at(-1) ?? file
  const save = useDo(async (engine) => setSaved(await engine.host.saveText({ title: `Save ${file}`, name, text: code })))
  return (
    <>
      <CodeBlock
        file={file}
        code={code}
        actions={
          <>
            <SmallButton icon="download" label={`Save ${file}`} busy={save.busy} onPress={() => (info.canPick ? save.start() : saveText(name, code, 'text/plain'))}>
              {info.canPick ? 'Save as…' : 'Save'}
            </SmallButton>
            <CopyButton what={file} text={code} />
          </>
        }
      />
      {saved === null ? null : (
        <p className="small quiet" role="status">
          Saved to {saved}
        </p>
      )}
      {save.problem === null ? null : <Trouble problem={save.problem} />}
    </>
  )
}

/** A sentence that goes on after a colon; a name keeps its capital. */
function lowerFirst(text: string): string {
  return /^(?:The|That|By) /.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text
}
