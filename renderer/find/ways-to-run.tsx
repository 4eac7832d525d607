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
  const standard = info.root ? "default config folder, runs as the folder's owner" : 'default config folder'
  const hint = ways.config === undefined && ways.user === undefined ? standard : 'changed'
  return (
    <Fold title="Advanced options" hint={hint}>
      <div className="stack">
        <TextInput
          label="Config folder (ES_PATH_CONF)"
          description="The folder that contains elasticsearch.yml, if it is not config in the Elasticsearch folder."
          value={ways.config ?? ''}
          onChange={(event) => set('config', event.currentTarget.value)}
          spellCheck={false}
        />
        {info.root ? (
          <TextInput
            label="Account that runs the node"
            description="Elasticsearch does not run as root. Leave it empty to use the owner of the folder."
            value={ways.user ?? ''}
            onChange={(event) => set('user', event.currentTarget.value)}
            spellCheck={false}
            autoCapitalize="off"
          />
        ) : null}
        <div>
          <button type="button" className="plain link small" onClick={onAgain}>
            Refresh the list
          </button>
        </div>
      </div>
    </Fold>
  )
}
