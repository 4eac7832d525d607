import { problem } from '../../../shared/problems/problem.ts'
import { blocks, onSettings, passed, undoneBy, type Rule } from '../check.ts'
import { isConfigured } from '../configured.ts'
import { settingText } from '../settings.ts'

const name = 'xpack.security.authc.reserved_realm.enabled'

/** The built-in users belong to the reserved realm: switched off, no password of the elastic user is ever accepted (ReservedRealm). A node that joins needs none. */
const rule = onSettings('elastic-user', 'Elastic user', (settings) => {
  if (settingText(settings, name) !== 'false') return passed('The built-in users are enabled.')
  const { message, remedy, code } = problem('reserved_realm_off', { name })
  return undoneBy(blocks(message, remedy, code), { settings: [name] })
})

export const elasticUserRule: Rule = { ...rule, run: (context) => (context.joining || isConfigured(context) ? null : rule.run(context)) }
