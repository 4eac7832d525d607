import '../find/find-page.css'
import '../layout/inputs.ts'
import { Button, Skeleton, TextInput } from '@mantine/core'
import { useId } from 'react'
import { vendorLicence } from '../../shared/vendor-licence.ts'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { Fold } from '../layout/fold.tsx'
import type { FieldErrors } from '../layout/use-field-errors.ts'
import { useWizard } from '../place/wizard.ts'
import { type Download, productNames } from './use-download.ts'

/** Which version, where to, under which licence; and, folded, from where else, or from a file that is here. */
export function DownloadFields({ download }: { download: Download }) {
  const { around, choice, change, offer, errors } = download
  const isFile = choice.file.trim() !== ''
  const refused = offer.state === 'refused' && !isFile
  const trouble = isFile && offer.state === 'refused' && errors.elsewhere === offer.problem ? null : errors.elsewhere
  return (
    <div ref={around} className="stack">
      {trouble === null ? null : <Trouble problem={trouble} />}
      {isFile ? <p className="quiet">Firstnode checks the file below with the .sha512 and .asc files next to it, and says what could not be checked. Nothing is downloaded.</p> : <Versions download={download} />}
      <PathField
        label="Unpack into"
        description={`${productNames[download.product]} gets its own folder there, named after its version. Existing files stay as they are.`}
        title="Choose a folder to unpack into"
        what="folder"
        value={choice.into}
        onChange={(into) => change({ into })}
        error={errors.of('into')}
      />
      {choice.file.trim() === '' ? (
        <p>
          Elastic provides it under the{' '}
          <a href={vendorLicence.address} target="_blank" rel="noreferrer">
            {vendorLicence.name}
          </a>
          . By downloading it, you accept that license.
        </p>
      ) : null}
      <ElsewhereFold download={download} open={refused} />
    </div>
  )
}

function Versions({ download }: { download: Download }) {
  const { product, choice, change, offer, versions, version } = download
  if (versions.length === 0) return offer.state === 'asking' ? <Skeleton height={96} radius="md" /> : null
  return (
    <div role="radiogroup" aria-label="Version" className="choices">
      {versions.map((one) => (
        <label key={one} className="choice card" data-checked={one === version}>
          <input type="radio" name={`version-of-${product}`} className="choice-input" checked={one === version} onChange={() => change({ picked: one, typedVersion: '' })} />
          <span className="choice-mark" aria-hidden="true" />
          <span className="choice-words">
            <span className="choice-head">
              <span className="choice-name">
                {productNames[product]} {one}
              </span>
              <span className="small quiet">{offer.state === 'answered' ? wordsOf(one, download) : ''}</span>
            </span>
          </span>
        </label>
      ))}
      {choice.typedVersion.trim() === '' ? null : <p className="small quiet">Version {choice.typedVersion.trim()} will be used, as entered below.</p>}
    </div>
  )
}

function wordsOf(version: string, { offer, versions }: Download): string {
  if (offer.state !== 'answered') return ''
  const known = offer.answer.versions.find((one) => one.version === version)
  if (known?.newest !== true) return versions.length === 1 ? 'the version of Elasticsearch here' : ''
  return versions.indexOf(version) === 0 && versions.length > 1 ? 'the newest' : `the newest of ${known.major}`
}

function ElsewhereFold({ download, open }: { download: Download; open: boolean }) {
  const { product, choice, change, errors, offer, askAgain } = download
  const list = useId()
  const changed = [choice.typedVersion, choice.mirror, choice.authority, choice.file].some((text) => text.trim() !== '')
  return (
    <Fold title="Advanced options" hint={changed ? 'changed' : 'another version, a mirror, or a local file'} open={open ? errors.shows + 1 : errors.shows}>
      <div className="stack">
        <TextInput
          label="Another version"
          description="A released version of 8 or 9, such as 8.19.2."
          value={choice.typedVersion}
          onChange={(event) => change({ typedVersion: event.currentTarget.value })}
          list={list}
          spellCheck={false}
          autoCapitalize="off"
          {...errors.of('version')}
        />
        <datalist id={list}>{offer.state === 'answered' ? offer.answer.versions.map(({ version }) => <option key={version} value={version} />) : null}</datalist>
        <TextInput
          label="Mirror"
          description="The address to use instead of https://artifacts.elastic.co. Downloads from it are checked in the same way."
          placeholder="https://mirror.example.com/elastic"
          value={choice.mirror}
          onChange={(event) => change({ mirror: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') askAgain()
          }}
          spellCheck={false}
          autoCapitalize="off"
          {...errors.of('mirror')}
        />
        <PathField
          label="Company CA certificate"
          description="A PEM file, if a proxy inspects HTTPS. The CAs of the system are trusted without it."
          title="Choose a PEM file"
          what="file"
          value={choice.authority}
          onChange={(authority) => change({ authority })}
          error={errors.of('authority')}
        />
        <div>
          <Button variant="default" size="sm" onClick={askAgain} loading={offer.state === 'asking'}>
            Refresh the versions
          </Button>
        </div>
        <PathField
          label="Use a local file"
          description={`The ${productNames[product]} archive for this system, as downloaded.`}
          title={`Choose the ${productNames[product]} archive`}
          what="archive"
          value={choice.file}
          onChange={(file) => change({ file })}
        />
      </div>
    </Fold>
  )
}

/** A path that is typed, or chosen in the system's dialog where there is one for it. */
function PathField({ label, description, title, what, value, onChange, error = {} }: {
  label: string
  description: string
  title: string
  what: 'folder' | 'archive' | 'file'
  value: string
  onChange: (path: string) => void
  error?: ReturnType<FieldErrors<object>['of']>
}) {
  const { info } = useWizard()
  const pick = useDo(async (engine) => {
    if (what === 'file') return
    const picked = await engine.host.pick({ what, title, from: value.trim() === '' ? null : value.trim() })
    if (picked !== null) onChange(picked)
  })
  return (
    <div className="stack tight">
      <TextInput label={label} description={description} value={value} onChange={(event) => onChange(event.currentTarget.value)} spellCheck={false} autoCapitalize="off" {...error} />
      {info.canPick && what !== 'file' ? (
        <div>
          <Button variant="default" size="sm" onClick={() => pick.start()}>
            Choose…
          </Button>
        </div>
      ) : null}
      {pick.problem === null ? null : <Trouble problem={pick.problem} />}
    </div>
  )
}
