import { TextInput } from '@mantine/core'
import type { WizardPlace } from '../../shared/contract/host.ts'
import { Fold } from '../layout/fold.tsx'
import '../layout/inputs.ts'
import { useWizard } from '../place/wizard.ts'

type Ways = NonNullable<WizardPlace['ways']>

/** What of the target is seldom chosen: another config directory, and for root another account. */
export function WaysToRun({ ways, onChange, onAgain }: { ways: Ways; onChange: (ways: Ways) => void; onAgain: () => void }) {
  const { info } = useWizard()
  const set = (name: keyof Ways, value: string): void => {
    const { [name]: _, ...rest } = ways
    onChange(value.trim() === '' ? rest : { ...rest, [name]: value.trim() })
  }
  return (
    <Fold title="Choose yourself" hint={ways.config === undefined && ways.user === undefined ? (info.root ? 'config directory of the home, run by its owner' : 'config directory of the home') : 'changed'}>
      <div className="stack">
        <TextInput
          label="Config directory (ES_PATH_CONF)"
          description="Where elasticsearch.yml lies, if that is not the folder config of the home."
          value={ways.config ?? ''}
          onChange={(event) => set('config', event.currentTarget.value)}
          spellCheck={false}
        />
        {info.root ? (
          <TextInput
            label="Account that runs the node"
            description="Elasticsearch refuses to run as root. Without a name here it is the owner of the home."
            value={ways.user ?? ''}
            onChange={(event) => set('user', event.currentTarget.value)}
            spellCheck={false}
            autoCapitalize="off"
          />
        ) : null}
        <div>
          <button type="button" className="plain link small" onClick={onAgain}>
            Look for homes again
          </button>
        </div>
      </div>
    </Fold>
  )
}
