import { useState } from 'react'
import { useDo } from '../connection/use-ask.ts'
import { shortPath } from '../design/figures.ts'
import { SmallButton } from '../design/small-button.tsx'
import { useWizard } from '../place/wizard.ts'
import { saveText } from './save-text.ts'

const name = 'http_ca.crt'

export interface Saving {
  readonly start: () => void
  readonly words: string
  /** names it fully where its words are short */
  readonly label?: string
  /** how it ended, to be said below; null where there is nothing to say */
  readonly told: string | null
}

/** Saves the certificate of the authority: to where the system's dialog is told, or, in a browser, to where downloads go. */
export function useSaveCertificate(caPem: string): Saving {
  const { info } = useWizard()
  const [saved, setSaved] = useState<string | null>(null)
  const save = useDo(async (engine) => {
    setSaved(null)
    setSaved(await engine.host.saveText({ title: 'Save the CA certificate', name, text: caPem }))
  })
  if (!info.canPick) return { start: () => saveText(name, caPem, 'application/x-pem-file'), words: `Save ${name}`, told: null }
  const told = save.problem !== null ? `${save.problem.message} ${save.problem.remedy}` : saved === null ? null : `Saved to ${shortPath(saved, info.homeFolder, info.separator)}`
  return { start: save.start, words: 'Save as…', label: 'Save CA certificate as…', told }
}

export function SaveCertificate({ saving }: { saving: Saving }) {
  return (
    <SmallButton icon="download" {...(saving.label === undefined ? {} : { label: saving.label })} onPress={saving.start}>
      {saving.words}
    </SmallButton>
  )
}
