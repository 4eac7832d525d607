import './drop-zone.css'
import { useEffect, useEffectEvent, useState } from 'react'
import { desktopWindow } from '../connection/desktop-window.ts'
import { Icon } from '../design/icon.tsx'
import { whatWasDropped } from './dropped.ts'

type Refusal = 'several' | 'other' | 'no-path'

const refusals: Record<Refusal, string> = {
  several: 'Drop one folder or one archive at a time.',
  other: 'That is neither a folder nor an archive (.tar.gz, .zip) of Elasticsearch.',
  'no-path': 'A browser does not tell a page where a file lies. Walk to it here instead.',
}

/** A folder or an archive may be dropped anywhere on the window while this is shown. */
export function DropZone({ onHome, onArchive, onWalk }: { onHome: (home: string) => void; onArchive: (archive: string) => void; onWalk: () => void }) {
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<Refusal | null>(null)

  const take = useEffectEvent((transfer: DataTransfer) => {
    const items = [...transfer.items].filter(({ kind }) => kind === 'file')
    const what = whatWasDropped(items.map((item) => ({ name: item.getAsFile()?.name ?? '', folder: item.webkitGetAsEntry()?.isDirectory === true })))
    if (what === 'several' || what === 'other') return setRefused(what)
    const file = items[0]?.getAsFile()
    const path = file == null ? '' : (desktopWindow()?.pathOf(file) ?? '')
    if (path === '') return setRefused('no-path')
    setRefused(null)
    return what === 'home' ? onHome(path) : onArchive(path)
  })

  useEffect(() => {
    const dragged = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      // Without this the window would open what is dropped, in place of the page.
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    const left = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false)
    }
    const dropped = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer)
    }
    window.addEventListener('dragenter', dragged)
    window.addEventListener('dragover', dragged)
    window.addEventListener('dragleave', left)
    window.addEventListener('drop', dropped)
    return () => {
      window.removeEventListener('dragenter', dragged)
      window.removeEventListener('dragover', dragged)
      window.removeEventListener('dragleave', left)
      window.removeEventListener('drop', dropped)
    }
  }, [])

  return (
    <>
      <div role="status" className="drop-said">
        {refused === null ? null : (
          <div className="notice drop-refused">
            <span>{refusals[refused]}</span>
            {refused === 'no-path' ? (
              <button type="button" className="plain link" onClick={onWalk}>
                Choose a folder
              </button>
            ) : null}
          </div>
        )}
      </div>
      {over ? (
        <div className="drop">
          <div className="drop-frame">
            <Icon name="download" size={28} />
            <p className="drop-words">Drop it here</p>
            <p className="quiet">The folder of an Elasticsearch, or its archive as it was downloaded</p>
          </div>
        </div>
      ) : null}
    </>
  )
}
