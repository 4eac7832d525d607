import { blocks, passed, onSettings, skips, undoneBy } from '../check.ts'
import { settingText } from '../settings.ts'

const name = 'xpack.security.autoconfiguration.enabled'

/** "xpack.security.autoconfiguration.enabled is set to false" (seeds). */
export const autoconfigurationRule = onSettings('autoconfiguration', 'Auto-configuration', (settings) => {
  const value = settingText(settings, name)
  if (value === 'false') {
    return undoneBy(skips(`${name} is false: automatic security setup is switched off here.`, `Take ${name} out of elasticsearch.yml.`), { settings: [name] })
  }
  if (value !== null && value !== 'true') return blocks(`${name} is "${value}", which is neither true nor false.`, `Write ${name}: true, or take it out.`)
  return passed('Not switched off.')
})
