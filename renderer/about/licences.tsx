import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Licence } from '../../shared/contract/desktop.ts'
import '../layout/inputs.ts'
import { Icon } from '../design/icon.tsx'
import { counted } from '../design/sentences.ts'
import { useWizard } from '../place/wizard.ts'
import { licencesFor } from './licence-search.ts'

/** Whose work is in what is shipped: a list to search, the text of a licence when it is asked for. */
export function Licences({ licences }: { licences: readonly Licence[] }) {
  const { info } = useWizard()
  const [wanted, setWanted] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const shown = licencesFor(licences, wanted)
  if (licences.length === 0) return <p className="small quiet about-scroll">The list of packages is made by the build, and this Firstnode runs from its sources: see package-lock.json there.</p>
  return (
    <>
      <div className="licences-head">
        <TextInput
          aria-label="Search by name or licence"
          placeholder="Search by name or licence"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          spellCheck={false}
          autoComplete="off"
        />
        <p className="small quiet" role="status">
          {shown.length === licences.length ? `Made with ${counted(licences.length, 'package')} of others` : `${shown.length} of ${licences.length}`}
        </p>
      </div>
      <ul className="licences about-scroll" aria-label="Packages">
        {shown.map((one) => {
          const id = `${one.name} ${one.version}`
          return <Package key={id} licence={one} open={open === id} onToggle={() => setOpen(open === id ? null : id)} />
        })}
        {shown.length === 0 ? <li className="small quiet licence-none">No package has that in its name or licence.</li> : null}
        {info.kind === 'electron' ? (
          <li className="small quiet licence-none">Electron and Chromium bring their own: LICENSE.electron.txt and LICENSES.chromium.html lie beside the application.</li>
        ) : null}
      </ul>
    </>
  )
}

function Package({ licence: { name, version, licence, text }, open, onToggle }: { licence: Licence; open: boolean; onToggle: () => void }) {
  return (
    <li className="licence" data-open={open}>
      <button type="button" className="plain licence-line" aria-expanded={open} onClick={onToggle}>
        <Icon name="chevron" size={14} />
        <span className="licence-name">{name}</span>
        <span className="mono small quiet grow">{version}</span>
        <span className="small quiet">{licence}</span>
      </button>
      {open ? (
        <pre className="licence-text mono" tabIndex={0} role="region" aria-label={`Licence of ${name}`}>
          {text}
        </pre>
      ) : null}
    </li>
  )
}
