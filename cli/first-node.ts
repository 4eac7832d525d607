import type { SetupAnswers } from '../shared/contract/setup.ts'
import { problem } from '../shared/problems/problem.ts'
import type { Secret } from '../shared/secret.ts'
import type { Values } from './options/option.ts'
import type { answerOptions } from './options/shared-options.ts'

type AnswerValues = Values<typeof answerOptions>

/** Two named ports must differ; ends with `bad_input`. */
export function refusePortClash(values: Pick<AnswerValues, 'http-port' | 'transport-port'>): void {
  const { 'http-port': http, 'transport-port': transport } = values
  if (http !== undefined && http === transport)
    throw problem('bad_input', { what: `--http-port and --transport-port are both ${http}.`, want: 'Give them different ports.' })
}

/** What the options answer; whatever was left out stays out, for the engine's default. */
export function answersOf(values: AnswerValues, secrets: { elastic?: Secret; keystore?: Secret }): SetupAnswers {
  const answers: SetupAnswers = {
    nodeName: values['node-name'],
    clusterName: values['cluster-name'],
    httpPort: values['http-port'],
    transportPort: values['transport-port'],
    heap: values.heap,
    httpHost: values['http-host'],
    san: values.san.length === 0 ? undefined : [...values.san],
    elasticPassword: secrets.elastic?.reveal(),
    keystorePassword: secrets.keystore?.reveal(),
  }
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
}

/** The options of a first node that were given, as typed: named where they have no effect. */
export function givenAnswers(values: AnswerValues): string[] {
  const names = ['node-name', 'cluster-name', 'http-port', 'transport-port', 'heap', 'http-host', 'san'] as const
  return names.filter((name) => (name === 'san' ? values.san.length > 0 : values[name] !== undefined)).map((name) => `--${name}`)
}
