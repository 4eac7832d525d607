import { problem } from '../../shared/problems/problem.ts'
import { chosenTarget } from '../choose-target.ts'
import { defineCommand } from '../command.ts'
import { answersOf, givenAnswers, refusePortClash } from '../first-node.ts'
import { answerOptions, homeOptions, outputOptions, secretOptions } from '../options/shared-options.ts'
import { readSecrets, type SecretName } from '../secret-input.ts'
import { bringUp } from '../bring-up.ts'

export const up = defineCommand({
  name: 'up',
  summary: 'give Elasticsearch its first secured node, and hand over the credentials',
  required: [],
  about: [
    'Checks the home, writes certificates, keystore and settings (all or none), starts the node, proves that it answers with its password, and prints the credentials. The node stays when this command is over. Works in the background and with its output redirected.',
    'Without --home it asks on a terminal: one that was found here, a download, or the practice copy (in a checkout: a real Elasticsearch to try and develop with, fetched through Maven on first use). Elsewhere, and with --json, it takes the practice copy.',
    'On a home that is configured already it starts the node if needed and ends with password null. A set-up that died half-way is taken up again or rolled back first. Ctrl-C puts everything back.',
    'With --json: {url, username, password, caFingerprint, caCertificate, kibanaToken, pid, node, timings}. When both passwords come from standard input, the keystore\'s is the first line.',
  ],
  options: {
    ...homeOptions,
    ...answerOptions,
    'as-is': { kind: 'flag', help: 'where Elasticsearch would skip configuring security: start the node all the same, without it' },
    ...secretOptions,
    ...outputOptions,
  },
  examples: [
    ['firstnode up', 'asks which one, then takes every default'],
    ['firstnode up --home ~/elasticsearch-9.4.3 --node-name alpha --heap 1g', 'an Elasticsearch of your own'],
    ['firstnode up --home /opt/es --json > credentials.json', 'for a script (mind who may read the file)'],
    ['firstnode up --home /opt/es > up.log 2>&1 < /dev/null &', 'in the background'],
  ],
  exits: [3, 4, 5],
  looksOnly: false,
  perform: async (values, context) => {
    refusePortClash(values)
    if (values.home === undefined && values.config !== undefined)
      throw problem('bad_input', { what: '--config needs --home.', want: 'Name the folder of Elasticsearch as well: --home DIR' })
    const wanted: SecretName[] = [
      ...(values['keystore-password-stdin'] ? (['keystore'] as const) : []),
      ...(values['password-stdin'] ? (['elastic'] as const) : []),
    ]
    const secrets = await readSecrets(wanted, context)
    const engine = await context.engine()
    const { home, config, user } = values
    const target =
      home === undefined
        ? await chosenTarget(engine, user, context)
        : { home, ...(config === undefined ? {} : { config }), ...(user === undefined ? {} : { user }) }
    return bringUp(engine, target, context, {
      answers: answersOf(values, secrets),
      given: [...givenAnswers(values), ...(secrets.elastic === undefined ? [] : ['--password-stdin'])],
      keystore: secrets.keystore,
      asIs: values['as-is'],
    })
  },
})
