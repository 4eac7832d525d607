import { passed, onSettings, skips, undoneBy } from '../check.ts'
import { tlsSettings } from '../configured.ts'

/** "Any of the xpack.security.transport.ssl.* or xpack.security.http.ssl.* settings have a value set" (seeds). */
export const tlsRule = onSettings('tls', 'TLS', (settings) => {
  const set = tlsSettings(settings)
  const [first, ...more] = set
  if (first === undefined) return passed('Not configured yet.')
  const also = more.length === 0 ? '' : ` and ${more.length} more`
  const finding = skips(
    `TLS appears to be configured already: ${first}${also} in elasticsearch.yml.`,
    'If it is, set a new password instead. If not, take these settings out of elasticsearch.yml.',
  )
  return undoneBy(finding, { settings: set })
})
