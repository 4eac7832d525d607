import { PasswordInput, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { SetupFacts } from '../../shared/contract/setup.ts'
import '../layout/inputs.ts'
import { answersOf, type Draft, draftOf, faultsOf, type Open } from './answers.ts'

const reaches: readonly (readonly [Draft['reach'], string, string])[] = [
  ['default', 'This machine and the network', 'HTTP listens on 0.0.0.0, as Elasticsearch does by default: TLS and the password keep it. Transport, by which nodes join, stays on localhost.'],
  ['machine', 'This machine only', 'HTTP listens on localhost. Nobody else can reach it, a Kibana on another machine included.'],
  ['other', 'An address of your own', 'HTTP listens on the address or interface you name (http.host).'],
]

/** "Choose yourself": every field shows its default and may stay empty. The plan is made anew shortly after a change. */
export function AnswersForm({ answers, elasticPassword, facts, onChange }: {
  answers: Open
  elasticPassword: string | undefined
  facts: SetupFacts | null
  onChange: (open: Open, elasticPassword: string | undefined) => void
}) {
  const [draft, setDraft] = useState(() => draftOf(answers, elasticPassword))
  const faults = faultsOf(draft)
  const told = useRef(JSON.stringify(answersOf(draft)))
  const sound = Object.keys(faults).length === 0
  useEffect(() => {
    const next = answersOf(draft)
    const text = JSON.stringify(next)
    if (!sound || text === told.current) return undefined
    const timer = setTimeout(() => {
      told.current = text
      onChange(next.open, next.elasticPassword)
    }, 500)
    return () => clearTimeout(timer)
  }, [draft, sound, onChange])

  const field = (name: Exclude<keyof Draft, 'reach'>) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setDraft((before) => ({ ...before, [name]: value }))
    },
    error: faults[name],
    spellCheck: false,
    autoComplete: 'off',
  })
  const reach = draft.reach === 'network' ? 'default' : draft.reach

  return (
    <div className="answers">
      <TextInput label="Node name" placeholder={facts?.nodeName ?? ''} {...field('nodeName')} />
      <TextInput label="Cluster name" placeholder={facts?.clusterName ?? ''} {...field('clusterName')} />
      <TextInput label="HTTP port" placeholder={String(facts?.httpPort ?? 9200)} inputMode="numeric" {...field('httpPort')} />
      <TextInput label="Transport port" placeholder={String(facts?.transportPort ?? 9300)} inputMode="numeric" {...field('transportPort')} />
      <fieldset className="reach">
        <legend>Who can reach it</legend>
        {reaches.map(([id, name, explained]) => (
          <label key={id} className="reach-choice">
            <input type="radio" name="reach" checked={reach === id} onChange={() => setDraft((before) => ({ ...before, reach: id }))} />
            <span>
              {name}
              <span className="reach-explained">{explained}</span>
            </span>
          </label>
        ))}
        {reach === 'other' ? <TextInput aria-label="Address to listen on" placeholder="10.0.0.7 or _site_" {...field('httpHost')} /> : null}
      </fieldset>
      <TextInput label="Heap" description="As Java takes it: 512m, 1g." placeholder={facts?.heap ?? 'chosen by Elasticsearch'} {...field('heap')} />
      <TextInput label="Further names in the certificate" description="Host names or addresses, for clients elsewhere." placeholder="es.example.com" {...field('san')} />
      <PasswordInput
        className="answers-wide"
        label="Password of the elastic user"
        description="Empty: a strong one is made now. Your own stays in memory until the node has it."
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        {...field('elasticPassword')}
        autoComplete="new-password"
      />
    </div>
  )
}
