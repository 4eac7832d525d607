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
  if (save.problem !== null) return { start: save.start, words: 'Save as…', told: `${save.problem.message} ${save.problem.remedy}` }
  return { start: save.start, words: 'Save as…', told: saved === null ? null : `Saved to ${shortPath(saved, info.homeFolder, info.separator)}` }
}

export function SaveCertificate({ saving }: { saving: Saving }) {
  return (
    <SmallButton icon="download" {...(saving.words === 'Save as…' ? { label: 'Save CA certificate as…' } : {})} onPress={saving.start}>
      {saving.words}
    </SmallButton>
  )
}
