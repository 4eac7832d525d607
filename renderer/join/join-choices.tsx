import { TextInput } from '@mantine/core'
import type { JoinAnswers } from '../../shared/contract/join.ts'
import '../layout/inputs.ts'
import { Fold } from '../layout/fold.tsx'
import type { FieldErrors } from '../layout/use-field-errors.ts'
import { port, text } from '../review/answers.ts'

/** What is typed on the page that joins: the token, and what may be chosen for the node. */
export interface Typed {
  readonly token: string
  readonly nodeName: string
  readonly heap: string
  readonly httpPort: string
  readonly transportPort: string
  readonly keystorePassword: string
}

/** What may be chosen for a node that joins; everything has a default. */
export function JoinChoices({ typed, errors, onChange }: { typed: Typed; errors: FieldErrors<Typed>; onChange: (change: Partial<Typed>) => void }) {
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [name]: event.currentTarget.value }),
    spellCheck: false,
    autoComplete: 'off',
    ...errors.of(name),
  })
  return (
    <Fold title="Advanced options" hint="node name, heap size, ports" open={errors.shows}>
      <div className="answers">
        <TextInput label="Node name" placeholder="the name of this machine" {...field('nodeName')} />
        <TextInput label="Heap size" placeholder="set by Elasticsearch" {...field('heap')} />
        <TextInput label="HTTP port" placeholder="9200, or the next free one" inputMode="numeric" {...field('httpPort')} />
        <TextInput label="Transport port" placeholder="9300, or the next free one" inputMode="numeric" {...field('transportPort')} />
      </div>
    </Fold>
  )
}

/** The answers of the form; what was left empty stays out, for the engine's default. */
export function joinAnswers(typed: Typed): JoinAnswers {
  const { nodeName, heap, httpPort, transportPort, keystorePassword } = typed
  const answers = { nodeName: text(nodeName), heap: text(heap), httpPort: port(httpPort), transportPort: port(transportPort), keystorePassword: keystorePassword === '' ? undefined : keystorePassword }
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
}
