import './code-block.css'
import type { ReactNode } from 'react'

/** Lines of code under the name of their file, with what can be done with them at its end; both ways they scroll in themselves. */
export function CodeBlock({ file, code, actions }: { file: string; code: string; actions: ReactNode }) {
  return (
    <div className="code-block">
      <div className="code-block-head">
        <span className="mono small grow">{file}</span>
        <div className="code-line-actions">{actions}</div>
      </div>
      <pre className="mono" role="region" aria-label={file} tabIndex={0}>
        {code}
      </pre>
    </div>
  )
}
