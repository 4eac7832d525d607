import { useMantineColorScheme } from '@mantine/core'
import { Icon, type IconName } from '../design/icon.tsx'

const schemes: readonly (readonly ['auto' | 'light' | 'dark', string, IconName])[] = [
  ['auto', 'As the system', 'screen'],
  ['light', 'Light', 'sun'],
  ['dark', 'Dark', 'moon'],
]

/** Light, dark, or as the system has it, which is followed live. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <div className="scheme" role="group" aria-label="Colours">
      {schemes.map(([scheme, name, icon]) => (
        <button
          key={scheme}
          type="button"
          className="plain"
          aria-label={name}
          title={name}
          aria-pressed={colorScheme === scheme}
          onClick={() => setColorScheme(scheme)}
        >
          <Icon name={icon} size={14} />
        </button>
      ))}
    </div>
  )
}
