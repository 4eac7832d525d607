import { Secret } from '../shared/secret.ts'

/** Variables of the environment in which Firstnode itself is given a secret. */
const ownSecrets = ['ELASTIC_PASSWORD', 'ENROLLMENT_TOKEN', 'KEYSTORE_PASSWORD', 'KIBANA_PASSWORD']

/** Secrets of the tools around a call, which neither Elasticsearch nor Kibana nor a plugin of theirs reads from its environment. */
const otherSecrets = [
  'NPM_TOKEN',
  'NODE_AUTH_TOKEN',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'GITLAB_TOKEN',
  'CI_JOB_TOKEN',
  'DOCKER_AUTH_CONFIG',
  'ES_PASSWORD',
  'ES_API_KEY',
  'ELASTIC_API_KEY',
  'ELASTICSEARCH_PASSWORD',
  'ELASTICSEARCH_API_KEY',
  'KIBANA_SYSTEM_PASSWORD',
]

const known: ReadonlySet<string> = new Set([...ownSecrets, ...otherSecrets])

const taken = new WeakMap<NodeJS.ProcessEnv, ReadonlyMap<string, Secret>>()

/** Whether a variable of this name holds a secret that a node has no use for, unless its settings refer to it. */
export function isKnownSecret(name: string): boolean {
  return known.has(name)
}

/**
 * Takes the secrets out of this process's environment, so that nothing it starts (Maven, a browser, a node) inherits them, and
 * gives the environment as it was. Called by a host before anything else. `takenSecrets` has them for a node whose settings refer to one.
 */
export function takeSecrets(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const before = { ...env }
  const found = new Map(takenSecrets(env))
  for (const name of ownSecrets) {
    const value = env[name]
    if (value !== undefined) found.set(name, new Secret(value))
    delete env[name]
  }
  taken.set(env, found)
  return before
}

/** The secrets that `takeSecrets` took out of this environment, by the names of their variables. */
export function takenSecrets(env: NodeJS.ProcessEnv = process.env): ReadonlyMap<string, Secret> {
  return taken.get(env) ?? new Map()
}

/** A text without the values of the secrets that were taken out of this process's environment: a node whose settings refer to one may quote it. */
export function withoutTakenSecrets(text: string, env: NodeJS.ProcessEnv = process.env): string {
  return [...takenSecrets(env).values()].reduce((so, secret) => (secret.reveal().length > 3 ? so.replaceAll(secret.reveal(), '••••') : so), text)
}
