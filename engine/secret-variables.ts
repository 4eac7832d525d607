/** Variables of the environment that hold a secret of Elasticsearch. */
const secretVariables = ['ELASTIC_PASSWORD', 'ENROLLMENT_TOKEN', 'KEYSTORE_PASSWORD', 'KIBANA_PASSWORD']

/**
 * Takes the secrets out of this process's environment, so that nothing it starts (Maven, a browser, a node) inherits them, and
 * gives the environment as it was. Called by a host before anything else.
 */
export function takeSecrets(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const before = { ...env }
  for (const name of secretVariables) delete env[name]
  return before
}
