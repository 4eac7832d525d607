import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/CloseButton.css'
import './about-dialog.css'
import { Modal, Skeleton } from '@mantine/core'
import type { About } from '../../shared/contract/desktop.ts'
import { useAsk } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { walkTabs } from '../design/walk-tabs.ts'
import { Mark } from '../layout/brand.tsx'
import type { AboutTab } from './about.ts'
import { Diagnostics } from './diagnostics.tsx'
import { Licences } from './licences.tsx'
import { Updates } from './updates.tsx'
import { Versions } from './versions.tsx'

const tabs: readonly (readonly [AboutTab, string])[] = [
  ['about', 'About'],
  ['licences', 'Licences'],
  ['diagnostics', 'Diagnostics'],
]

/** What this is: versions and updates, whose work is in it, and a text for a report. */
export function AboutDialog({ tab, onTab, onClose }: { tab: AboutTab; onTab: (tab: AboutTab) => void; onClose: () => void }) {
  const asked = useAsk('about', (engine, signal) => engine.host.about(undefined, { signal }))
  const about = asked.state === 'answered' ? asked.answer : null
  return (
    <Modal.Root opened onClose={onClose} centered size={620} padding={0} transitionProps={{ duration: 0 }} className="about">
      <Modal.Overlay />
      <Modal.Content>
        <header className="about-head">
          <Mark size={44} />
          <div className="grow">
            <Modal.Title className="about-name">Firstnode</Modal.Title>
            <p className="small quiet">
              {about === null ? ' ' : <span className="mono">{about.firstnode}</span>}
              {about === null ? null : ' · gives Elasticsearch its first secured node'}
            </p>
          </div>
          <Modal.CloseButton aria-label="Close" />
        </header>
        <Tabs tab={tab} onTab={onTab} />
        <div className="about-inside" role="tabpanel" id="about-inside" aria-labelledby={`about-${tab}`}>
          {asked.state === 'refused' ? <Trouble problem={asked.problem} /> : null}
          {tab === 'about' ? <Facts about={about} /> : null}
          {tab === 'licences' && about !== null ? <Licences licences={about.licences} /> : null}
          {tab === 'diagnostics' ? <Diagnostics /> : null}
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

function Facts({ about }: { about: About | null }) {
  return (
    <div className="stack about-scroll">
      <Updates />
      {about === null ? <Skeleton height={180} radius="md" /> : <Versions versions={about.versions} />}
      <p className="small quiet">
        Open source under the Apache License 2.0. Not made or endorsed by Elastic; Elasticsearch and Kibana are trademarks of Elasticsearch B.V.
      </p>
    </div>
  )
}

function Tabs({ tab, onTab }: { tab: AboutTab; onTab: (tab: AboutTab) => void }) {
  return (
    <div className="about-tabs" role="tablist" aria-label="About Firstnode">
      {tabs.map(([id, name]) => (
        <button
          key={id}
          id={`about-${id}`}
          type="button"
          role="tab"
          className="plain about-tab"
          aria-selected={tab === id}
          aria-controls="about-inside"
          tabIndex={tab === id ? 0 : -1}
          data-autofocus={tab === id ? true : undefined}
          onClick={() => onTab(id)}
          onKeyDown={(event) => walkTabs(event, tabs.map(([one]) => one), tab, onTab, (one) => `about-${one}`)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
