import { PasswordInput, TextInput } from '@mantine/core'
import type { SetupFacts } from '../../shared/contract/setup.ts'
import type { FieldErrors } from '../layout/use-field-errors.ts'
import '../layout/inputs.ts'
import type { Draft } from './answers.ts'

const reaches: readonly (readonly [Draft['reach'], string, string])[] = [
  ['default', 'This machine and the network', 'HTTP listens on 0.0.0.0, the Elasticsearch default. Protected by TLS and the password. Transport, which other nodes use to join, stays on localhost.'],
  ['machine', 'This machine only', 'HTTP listens on localhost. Other machines cannot connect, including a Kibana there.'],
  ['other', 'A specific address', 'HTTP listens on the IP address, host name or network interface you enter (http.host).'],
]

/** "Advanced options": every field shows its default and can stay empty. */
export function AnswersForm({ draft, errors, facts, onChange }: {
  draft: Draft
  errors: FieldErrors<Draft>
  facts: SetupFacts | null
  onChange: (draft: Draft) => void
}) {
  const field = (name: Exclude<keyof Draft, 'reach'>) => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...draft, [name]: event.currentTarget.value }),
    spellCheck: false,
    autoComplete: 'off',
    ...errors.of(name),
  })
  const reach = draft.reach === 'network' ? 'default' : draft.reach

  return (
    <div className="answers">
      <TextInput label="Node name" placeholder={facts?.nodeName ?? ''} {...field('nodeName')} />
      <TextInput label="Cluster name" placeholder={facts?.clusterName ?? ''} {...field('clusterName')} />
      <TextInput label="HTTP port" placeholder={String(facts?.httpPort ?? 9200)} inputMode="numeric" {...field('httpPort')} />
      <TextInput label="Transport port" placeholder={String(facts?.transportPort ?? 9300)} inputMode="numeric" {...field('transportPort')} />
      <fieldset className="reach">
        <legend>Who can connect</legend>
        {reaches.map(([id, name, explained]) => (
          <label key={id} className="reach-choice">
            <input type="radio" name="reach" checked={reach === id} onChange={() => onChange({ ...draft, reach: id })} />
            <span>
              {name}
              <span className="reach-explained">{explained}</span>
            </span>
          </label>
        ))}
        {reach === 'other' ? <TextInput aria-label="Address to listen on" placeholder="10.0.0.7 or _site_" {...field('httpHost')} /> : null}
      </fieldset>
      <TextInput label="Heap size" description="For example 512m or 1g." placeholder={facts?.heap ?? 'set by Elasticsearch'} {...field('heap')} />
      <TextInput label="Additional host names or IP addresses" description="For the certificate, if clients use other names for this machine." placeholder="es.example.com" {...field('san')} />
      <PasswordInput
        className="answers-wide"
        label="Password of the elastic user"
        description="Leave it empty to generate a strong one. Your own stays in memory until Elasticsearch has it."
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        {...field('elasticPassword')}
        autoComplete="new-password"
      />
    </div>
  )
}
