import { blocks, passed, skips, undoneBy, type Rule } from '../check.ts'
import { tlsSettings } from '../configured.ts'
import { settingText } from '../settings.ts'

/** Entries that Elasticsearch's auto-configuration does not overwrite (AutoConfigureNode). */
const taken = ['xpack.security.transport.ssl.keystore.secure_password', 'xpack.security.transport.ssl.truststore.secure_password', 'xpack.security.http.ssl.keystore.secure_password']

/**
 * A keystore that cannot be opened ends the start; one that holds the passwords of TLS keystores was made by somebody with a
 * plan, and does not start without the rest of it (SSLService: "xpack.security.http.ssl.enabled is not set, but the following settings…"; found by trying).
 */
export const keystoreRule: Rule = {
  id: 'keystore',
  title: 'Secure settings',
  run: ({ keystore: { path, file, names, problem }, settings }) => {
    if (problem !== null) return blocks(problem.message, problem.remedy, problem.code)
    if (file !== 'readable' || names === null) return null
    const entries = taken.filter((name) => names.includes(name))
    const [entry] = entries
    if (entry !== undefined) {
      const remedy = `Finish that by hand, or take the entry out: elasticsearch-keystore remove ${entry}.`
      const begun = `${path} holds ${entry} already: somebody has begun to configure TLS here`
      if (settings !== null && (settingText(settings, 'xpack.security.enabled') === 'false' || tlsSettings(settings).length > 0)) {
        return undoneBy(skips(`${begun}.`, remedy, 'keystore_has_tls'), { entries })
      }
      return undoneBy(blocks(`${begun}, and without the settings that belong to it Elasticsearch ends its start.`, remedy, 'keystore_has_tls'), { entries })
    }
    return passed(names.includes('bootstrap.password') ? 'It holds bootstrap.password, which will be the password of the elastic user.' : 'It holds nothing that stands in the way.')
  },
}
