import type { ProblemView } from '../../shared/contract/target.ts'
import { problem } from '../../shared/problems/problem.ts'
import { tellProblem } from '../setup/tell-problem.ts'
import type { KibanaHome } from './kibana-home.ts'
import { connectingNames, kibanaText } from './kibana-settings.ts'

const verificationMode = 'elasticsearch.ssl.verificationMode'

/**
 * What the settings that stay mean for the connection: certificates that Kibana does not check, and variables that it will
 * miss. With `verificationMode: certificate` the CA is still checked, so that is not among them.
 */
export function notesOn(kibana: Pick<KibanaHome, 'settings' | 'settingsFile' | 'missing' | 'keystore'>): ProblemView[] {
  const { settings, settingsFile: file, missing, keystore } = kibana
  const inKeystore = keystore?.settings == null ? null : kibanaText(keystore.settings, verificationMode)
  const mode = inKeystore ?? kibanaText(settings, verificationMode)
  const replaced = new Set(connectingNames(settings))
  const left = missing.filter(({ setting }) => !replaced.has(setting))
  const where = inKeystore === null || keystore === null ? file : keystore.file
  return [
    ...(mode === 'none' ? [problem('kibana_certificate_unchecked', { file: where })] : []),
    ...(left.length === 0 ? [] : [problem('kibana_variable_missing', { file, missing: left })]),
  ].map((note) => tellProblem(note))
}

/** Tokens that earlier connections left in their cluster. */
export function notesOnTokens(tokens: readonly string[]): ProblemView[] {
  return tokens.length === 0 ? [] : [tellProblem(problem('kibana_old_tokens_left', { tokens }))]
}
