import './now-page.css'
import '../credentials/credentials-page.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { kibanaWords } from '../../shared/clients/client-words.ts'
import { Icon, type IconName } from '../design/icon.tsx'
import { Trouble } from '../design/trouble.tsx'
import { walkTabs } from '../design/walk-tabs.ts'
import { Page } from '../layout/page.tsx'
import { useTarget, useWizard } from '../place/wizard.ts'
import { ClipboardNote } from '../credentials/clipboard-note.tsx'
import { ClientDoor } from './client-door.tsx'
import { ClusterDrawing } from './cluster-drawing.tsx'
import { KibanaDoor } from './kibana-door.tsx'
import { NodeDoor } from './node-door.tsx'
import { useCluster } from './use-cluster.ts'

type Door = 'kibana' | 'node' | 'client'

const doors: readonly (readonly [Door, string, string, IconName])[] = [
  ['kibana', kibanaWords.way, 'Explore and manage your data', 'screen'],
  ['node', 'Add a node', 'Let another one join', 'plus'],
  ['client', 'Connect a client', 'curl, or your own program', 'terminal'],
]

/** The cluster as it is, and three doors that lead on. */
export function NowPage() {
  const { info, place, begin } = useWizard()
  const target = useTarget()
  const setupId = place.setupId ?? ''
  const [door, setDoor] = useState<Door>('kibana')
  const cluster = useCluster(target, setupId)
  return (
    <Page
      title="Next steps"
      lead={`The node keeps running when this ${info.kind === 'electron' ? 'window' : 'page'} is closed and when Firstnode ends.`}
      second={
        <>
          <Button variant="default" onClick={() => begin()}>
            Set up another Elasticsearch
          </Button>
          <ClipboardNote />
        </>
      }
    >
      {cluster.state === 'answered' ? <ClusterDrawing cluster={cluster.answer} onAgain={cluster.again} /> : null}
      {cluster.state === 'refused' ? (
        <Trouble problem={cluster.problem}>
          <button type="button" className="plain link" onClick={cluster.again}>
            Ask the cluster again
          </button>
        </Trouble>
      ) : null}
      {cluster.state === 'asking' ? <div className="cluster card" aria-busy="true" /> : null}
      <div className="doors" role="tablist" aria-label="Ways on">
        {doors.map(([id, name, hint, icon]) => (
          <button
            key={id}
            id={`door-${id}`}
            type="button"
            role="tab"
            className="plain door card"
            aria-selected={door === id}
            aria-controls="behind-the-door"
            tabIndex={door === id ? 0 : -1}
            onClick={() => setDoor(id)}
            onKeyDown={(event) => walkTabs(event, doors.map(([one]) => one), id, setDoor, (one) => `door-${one}`)}
          >
            <Icon name={icon} size={18} />
            <span className="door-name">{name}</span>
            <span className="small quiet">{hint}</span>
          </button>
        ))}
      </div>
      <section id="behind-the-door" role="tabpanel" aria-labelledby={`door-${door}`} className="stack behind">
        {door === 'kibana' ? <KibanaDoor setupId={setupId} /> : null}
        {door === 'node' ? <NodeDoor setupId={setupId} /> : null}
        {door === 'client' ? <ClientDoor setupId={setupId} /> : null}
      </section>
    </Page>
  )
}
