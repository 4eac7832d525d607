import { passed, onSettings, skips, undoneBy } from '../check.ts'
import { settingText } from '../settings.ts'

const name = 'xpack.security.enabled'

/** "xpack.security.enabled has a value set" (seeds): true as well as false. */
export const securityEnabledRule = onSettings('security-enabled', 'Security', (settings) => {
  const value = settingText(settings, name)
  if (value === null) return passed('Not decided in the settings.')
  const finding =
    value === 'false'
      ? skips(`${name} is false: security is switched off here.`, `Take ${name} out of elasticsearch.yml.`)
      : skips(`${name} is set to ${value}: security appears to be configured already.`, `If it is, set a new password instead. If not, take ${name} out of elasticsearch.yml.`)
  return undoneBy(finding, { settings: [name] })
})
