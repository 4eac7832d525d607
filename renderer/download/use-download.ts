import { useState } from 'react'
import type { DownloadOffer, DownloadWish, Product } from '../../shared/contract/download.ts'
import type { ProblemView } from '../../shared/contract/target.ts'
import { type Asked, useAsk } from '../connection/use-ask.ts'
import { type FieldErrors, useFieldErrors } from '../layout/use-field-errors.ts'
import { useWizard } from '../place/wizard.ts'

/** What of a download is typed or chosen. */
export interface DownloadChoice {
  /** one of those that are shown; null: the first */
  readonly picked: string | null
  readonly typedVersion: string
  readonly into: string
  readonly mirror: string
  readonly authority: string
  readonly file: string
}

/** What is typed, by its name in the contract. */
interface Fields {
  readonly version: string
  readonly into: string
  readonly mirror: string
  readonly authority: string
}

export interface Download {
  readonly product: Product
  readonly choice: DownloadChoice
  readonly change: (change: Partial<DownloadChoice>) => void
  readonly offer: Asked<DownloadOffer>
  /** asks for the versions anew, from where it says now */
  readonly askAgain: () => void
  /** those to choose from at once */
  readonly versions: readonly string[]
  readonly version: string | null
  /** null as long as something is missing */
  readonly wish: DownloadWish | null
  /** the ref of what is around the fields */
  readonly around: (element: HTMLElement | null) => void
  readonly errors: FieldErrors<Fields>
}

/** A download that is being chosen. `wanted`: the version that must be (a Kibana goes with its Elasticsearch); null where any may be. `refusal`: how beginning it was refused. */
export function useDownload(product: Product, wanted: string | null, into: string, refusal: ProblemView | null): Download {
  const { place } = useWizard()
  const [choice, setChoice] = useState<DownloadChoice>({ picked: null, typedVersion: '', into, mirror: '', authority: '', file: '' })
  const [source, setSource] = useState({ mirror: '', authority: '' })
  const offer = useAsk(`${product} ${source.mirror} ${source.authority}`, (engine, signal) => engine.download.offer({ product, ...sourceOf(source) }, { signal }))
  const offered = offer.state === 'answered' ? offer.answer.versions : []
  const versions = wanted === null ? offered.filter(({ newest }) => newest).map(({ version }) => version) : [wanted]
  const typed = choice.typedVersion.trim()
  const version = typed === '' ? (choice.picked ?? versions[0] ?? null) : typed
  const file = choice.file.trim()
  const where = choice.into.trim()
  const user = place.ways?.user
  const wish: DownloadWish | null =
    where === '' || (file === '' && version === null)
      ? null
      : { product, into: where, ...(user === undefined ? {} : { user }), ...(file === '' ? { ...(version === null ? {} : { version }), ...sourceOf({ mirror: choice.mirror.trim(), authority: choice.authority.trim() }) } : { file }) }
  const elsewhere = file === '' ? { mirror: choice.mirror, authority: choice.authority } : { mirror: '', authority: '' }
  const fields: Fields = { version: file === '' ? typed : '', into: where, ...elsewhere }
  const [around, errors] = useFieldErrors({
    typed: fields,
    missing: where === '' ? { into: 'Choose a folder.' } : {},
    problem: refusal ?? (offer.state === 'refused' ? offer.problem : null),
    // The versions are asked for without a press, from where it said then.
    ...(refusal === null ? { tried: { ...fields, ...source } } : {}),
  })
  return {
    product,
    choice,
    change: (change) => setChoice((before) => ({ ...before, ...change })),
    offer,
    askAgain: () => {
      const now = { mirror: choice.mirror.trim(), authority: choice.authority.trim() }
      if (now.mirror === source.mirror && now.authority === source.authority) offer.again()
      else setSource(now)
    },
    versions,
    version: file === '' ? version : null,
    wish,
    around,
    errors,
  }
}

function sourceOf({ mirror, authority }: { mirror: string; authority: string }): { mirror?: string; authority?: string } {
  return { ...(mirror === '' ? {} : { mirror }), ...(authority === '' ? {} : { authority }) }
}

/** What its makers call it. */
export const productNames: Readonly<Record<Product, string>> = { elasticsearch: 'Elasticsearch', kibana: 'Kibana' }
