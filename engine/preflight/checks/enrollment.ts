import { blocks, onSettings, passed, warns } from '../check.ts'
import { settingText } from '../settings.ts'

const name = 'xpack.security.enrollment.enabled'

/** Enrollment tokens need it; the auto-configuration leaves a `false` that somebody wrote as it is (AutoConfigureNode). */
export const enrollmentRule = onSettings('enrollment', 'Enrollment', (settings) => {
  const value = settingText(settings, name)
  if (value === null || value === 'true') return passed('Kibana and further nodes can be enrolled.')
  if (value !== 'false') return blocks(`${name} is "${value}", which is neither true nor false.`, `Write ${name}: true, or take it out.`)
  return warns(`${name} is false: there will be no enrollment tokens, neither for Kibana nor for further nodes.`, `Take ${name} out of elasticsearch.yml to have them.`)
})
