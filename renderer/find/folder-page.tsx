import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { FolderListing } from '../../shared/contract/host.ts'
import '../layout/inputs.ts'
import { useAsk } from '../connection/use-ask.ts'
import { Icon } from '../design/icon.tsx'
import { Trouble } from '../design/trouble.tsx'
import { Page } from '../layout/page.tsx'

type Entry = FolderListing['entries'][number]

const does: Record<Entry['kind'], string | null> = { folder: null, home: 'Elasticsearch', archive: 'archive' }

/** Folders to walk, for a page that is given no paths by its browser. */
export function FolderPage({ onHome, onArchive, onLeave }: { onHome: (home: string) => void; onArchive: (archive: string) => void; onLeave: () => void }) {
  const [path, setPath] = useState<string | null>(null)
  const listing = useAsk(path ?? '', (engine, signal) => engine.host.listFolder({ path }, { signal }))
  const [seen, setSeen] = useState<FolderListing | null>(null)
  const [typed, setTyped] = useState('')
  const answer = listing.state === 'answered' ? listing.answer : null
  if (answer !== null && answer !== seen) {
    setSeen(answer)
    // What was typed while it was looked for stays.
    if (typed === (path ?? '')) setTyped(answer.path)
  }
  const go = (to: string): void => {
    setPath(to)
    setTyped(to)
  }
  const refused = listing.state === 'refused' && typed.trim() === (path ?? '') ? listing.problem : null
  const error = refused === null ? {} : { error: `${refused.message} ${refused.remedy}`, 'aria-invalid': true as const }
  // Only the folder that is shown is used: another one that is typed is opened first.
  const isShown = seen !== null && typed.trim() === seen.path
  const open = (): void => {
    if (typed.trim() === path) listing.again()
    else if (typed.trim() !== '') go(typed.trim())
  }
  const walk = (event: FormEvent): void => {
    event.preventDefault()
    open()
  }
  const choose = (entry: Entry): void => {
    if (entry.kind === 'archive') onArchive(entry.path)
    else go(entry.path)
  }
  return (
    <Page
      title="Choose a folder or an archive"
      lead="The folder that holds bin, config and lib; or the .tar.gz or .zip as it was downloaded, which is then unpacked."
      primary={
        isShown || seen === null
          ? { words: 'Use this folder', onPress: () => seen !== null && onHome(seen.path), disabled: seen?.home !== true }
          : { words: 'Open this folder', onPress: open, disabled: typed.trim() === '', busy: listing.state === 'asking' }
      }
      second={
        <Button variant="subtle" onClick={onLeave}>
          Back to the list
        </Button>
      }
    >
      {seen === null ? null : (
        <div className="walk-places" role="group" aria-label="Places">
          {seen.places.map((place) => (
            <button key={place.path} type="button" className="plain walk-place" onClick={() => go(place.path)}>
              {place.name}
            </button>
          ))}
        </div>
      )}
      <div className="card walk">
        <form className="walk-head" onSubmit={walk}>
          <Button variant="subtle" size="sm" aria-label="Folder above" disabled={seen === null || seen.parent === null} onClick={() => seen?.parent != null && go(seen.parent)}>
            <Icon name="up" />
          </Button>
          <TextInput className="grow" aria-label="Path of a folder" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} spellCheck={false} autoCapitalize="off" {...error} />
          <Button type="submit" variant="default" size="sm">
            Go
          </Button>
        </form>
        <div className="walk-list" aria-busy={listing.state === 'asking'}>
          {seen === null ? null : (
            <ul>
              {seen.entries.map((entry) => (
                <li key={entry.path}>
                  <button type="button" className="plain walk-entry" data-kind={entry.kind} onClick={() => choose(entry)}>
                    <Icon name={entry.kind === 'home' ? 'node' : entry.kind === 'archive' ? 'archive' : 'folder'} />
                    {entry.name}
                    {does[entry.kind] === null ? null : <span className="walk-does">{does[entry.kind]}</span>}
                  </button>
                </li>
              ))}
              {seen.entries.length === 0 ? <li className="walk-entry quiet">Nothing to choose in here.</li> : null}
            </ul>
          )}
        </div>
      </div>
      {listing.state === 'refused' && refused === null ? <Trouble problem={listing.problem} /> : null}
      {isShown && seen.home ? <p className="small quiet">This folder is an Elasticsearch.</p> : null}
    </Page>
  )
}
