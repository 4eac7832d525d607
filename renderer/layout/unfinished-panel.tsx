import type { ReactNode } from 'react'
import type { UnfinishedWork } from '../../shared/contract/unfinished.ts'

/** What an earlier Firstnode left unfinished; `children`: how it is ended here, else the command that ends it is named. */
export function UnfinishedPanel({ unfinished, children }: { unfinished: UnfinishedWork; children?: ReactNode }) {
  return (
    <section className="card remedy stack" aria-label="What is unfinished">
      <p>{unfinished.message}</p>
      {children === undefined ? <p>{unfinished.remedy}</p> : children}
    </section>
  )
}
