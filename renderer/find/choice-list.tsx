import { type KeyboardEvent, useState } from 'react'
import { inBytes } from '../../shared/sizes.ts'
import { ago, shortPath } from '../design/figures.ts'
import { StateWord } from '../design/state-mark.tsx'
import { useNow } from '../design/use-now.ts'
import { useWizard } from '../place/wizard.ts'
import { type Choice, stateWords } from './choices.ts'

const most = 6

/** The homes as radio cards: arrows move, Enter goes on. */
export function ChoiceList({ choices, chosen, onChoose, onEnter }: { choices: readonly Choice[]; chosen: string | null; onChoose: (id: string) => void; onEnter: () => void }) {
  const [all, setAll] = useState(false)
  const shown = all ? choices : choices.filter((choice, index) => index < most || choice.id === chosen)
  const enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.repeat && event.target instanceof HTMLInputElement) onEnter()
  }
  return (
    <div className="stack tight">
      <div role="radiogroup" aria-label="Elasticsearch on this machine" className="choices" onKeyDown={enter}>
        {shown.map((choice) => (
          <ChoiceCard key={choice.id} choice={choice} checked={choice.id === chosen} onChoose={() => onChoose(choice.id)} />
        ))}
      </div>
      {shown.length === choices.length ? null : (
        <button type="button" className="plain link small quiet" onClick={() => setAll(true)}>
          Show {choices.length - shown.length} more
        </button>
      )}
    </div>
  )
}

function ChoiceCard({ choice, checked, onChoose }: { choice: Choice; checked: boolean; onChoose: () => void }) {
  const disabled = choice.kind === 'home' && choice.home.state === 'unsuitable'
  return (
    <label className="choice card" data-checked={checked} data-disabled={disabled}>
      <input type="radio" name="choice" className="choice-input" checked={checked} disabled={disabled} onChange={onChoose} />
      <span className="choice-mark" aria-hidden="true" />
      {choice.kind === 'practice' ? <PracticeWords /> : <HomeWords choice={choice} />}
    </label>
  )
}

function HomeWords({ choice }: { choice: Extract<Choice, { kind: 'home' }> }) {
  const { info } = useWizard()
  const { home } = choice
  const now = useNow(30_000)
  const [word, state] = stateWords[home.state]
  return (
    <span className="choice-words">
      <span className="choice-head">
        <span className="choice-name">{home.version === null ? 'Elasticsearch' : `Elasticsearch ${home.version}`}</span>
        {home.practice ? <span className="small quiet">practice copy</span> : null}
        <StateWord state={state}>{word}</StateWord>
      </span>
      <span className="mono small">{shortPath(home.home, info.homeFolder, info.separator)}</span>
      <span className="small quiet choice-more">
        {home.stateReason === null ? null : <span>{home.stateReason}</span>}
        <span>
          {home.owner === null ? '' : `Belongs to ${home.owner} · `}
          {ago(home.modified, now)}
        </span>
      </span>
    </span>
  )
}

function PracticeWords() {
  const { practice } = useWizard().info
  const size = practice.home === null && practice.downloadBytes > 0 ? `${inBytes(practice.downloadBytes)} to download. ` : ''
  return (
    <span className="choice-words">
      <span className="choice-head">
        <span className="choice-name">Practice copy of Elasticsearch {practice.version}</span>
        <StateWord state="waiting">{practice.home === null && practice.downloadBytes > 0 ? 'To fetch' : 'At hand'}</StateWord>
      </span>
      <span className="small quiet">
        A copy to try and develop with, made of the parts that Elastic publishes for Maven. {size}It will belong to {practice.owner}.
      </span>
    </span>
  )
}
