import { TextInput } from '@mantine/core'
import type { JoinAnswers } from '../../shared/contract/join.ts'
import '../layout/inputs.ts'
import { Fold } from '../layout/fold.tsx'

export type Chosen = Omit<JoinAnswers, 'keystorePassword'>

/** What may be chosen for a node that joins; everything has a default. */
export function JoinChoices({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const text = (name: 'nodeName' | 'heap') => ({
    value: chosen[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) => onChange(withValue(chosen, name, event.currentTarget.value)),
  })
  const port = (name: 'httpPort' | 'transportPort') => ({
    value: String(chosen[name] ?? ''),
    inputMode: 'numeric' as const,
    onChange: (event: { currentTarget: { value: string } }) => onChange(withValue(chosen, name, portIn(event.currentTarget.value))),
  })
  return (
    <Fold title="Choose yourself" hint="a name and ports that are free">
      <div className="answers">
        <TextInput label="Node name" placeholder="the name of this machine" spellCheck={false} autoComplete="off" {...text('nodeName')} />
        <TextInput label="Heap" placeholder="chosen by Elasticsearch" spellCheck={false} autoComplete="off" {...text('heap')} />
        <TextInput label="HTTP port" placeholder="9200, or the next free one" autoComplete="off" {...port('httpPort')} />
        <TextInput label="Transport port" placeholder="9300, or the next free one" autoComplete="off" {...port('transportPort')} />
      </div>
    </Fold>
  )
}

function portIn(text: string): number | undefined {
  const port = Number(text.replaceAll(/\D/g, '').slice(0, 5))
  return port >= 1 && port <= 65_535 ? port : undefined
}

function withValue(chosen: Chosen, name: keyof Chosen, value: string | number | undefined): Chosen {
  const { [name]: _, ...others } = chosen
  return value === undefined || value === '' ? others : { ...others, [name]: value }
}
