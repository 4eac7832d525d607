import { defineCommand } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { problem } from '../../shared/problems/problem.ts'
import { elasticPassword } from '../secret-input.ts'
import { clockTime } from '../terminal/text.ts'

export const token = defineCommand({
  name: 'token',
  summary: 'create an enrollment token for Kibana or for another node',
  required: ['scope', 'home'],
  about: [
    'Prints the token alone on the last line of standard output, and how long it lives on standard error. The password of the elastic user comes from the environment variable ELASTIC_PASSWORD or from standard input, never from an argument: other accounts can read those.',
  ],
  options: {
    scope: { kind: 'choice', value: 'node|kibana', choices: ['node', 'kibana'], help: 'what the token is for' },
    ...homeOptions,
    url: { kind: 'text', value: 'URL', help: 'where the node answers, if not where its settings say: https://host:9200' },
    'password-stdin': secretOptions['password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode token --scope kibana --home ~/elasticsearch-9.4.3', 'with ELASTIC_PASSWORD set, or asked for on a terminal'],
    ['firstnode token --scope node --home /opt/es --password-stdin < password-file', 'for a script'],
  ],
  exits: [3, 6],
  looksOnly: true,
  perform: async (values, context) => {
    const { scope, url } = values
    if (scope === undefined) throw problem('bad_input', { what: 'token needs to know what it is for.', want: 'Give --scope node or --scope kibana.' })
    const target = targetOf(values, 'token')
    const password = await elasticPassword(context, values['password-stdin'])
    const engine = await context.engine()
    const made = await engine.cluster.token(
      { target, scope, password: password.reveal(), ...(url === undefined ? {} : { url }) },
      { signal: context.signal },
    )
    const minutes = Math.round((made.expiresAt - made.createdAt) / 60_000)
    const goal = scope === 'kibana' ? 'Kibana' : 'another node'
    context.tell(`Enrollment token for ${goal}: lives ${minutes} minutes, until ${clockTime(made.expiresAt)}.`)
    await context.result(made, `${made.token}\n`)
    return 0
  },
})
