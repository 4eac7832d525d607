import { byTrust } from '../../shared/clients/snippets.ts'
import { clientNames } from '../../shared/contract/clients.ts'
import { defineCommand, type Command } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets, withKeystorePassword } from '../secret-input.ts'
import { clientPage, clientsPage } from '../terminal/clients-page.ts'

const command = defineCommand({
  name: 'clients',
  summary: 'connect clients: what to install, the code, and what it checks',
  required: [],
  about: [
    `A snippet that runs as it is printed, for this node: its address, its CA by fingerprint or file. firstnode clients CLIENT shows one of ${clientNames.join(', ')}; without a name all are listed. Without --home with placeholders. The node need not run.`,
    'No password is in a snippet: programs read ELASTIC_API_KEY (firstnode api-key makes one), else ELASTIC_PASSWORD, from their environment.',
    'With --json: an object by client, each {title, install, file, code, trust, …}. What is to be known before is told on standard error.',
  ],
  options: {
    client: { kind: 'choice', value: 'CLIENT', choices: clientNames, help: 'this one alone; its name may stand without --client' },
    ...homeOptions,
    url: { kind: 'text', value: 'URL', help: 'where clients find the node, if not where its settings say: https://host:9200' },
    trust: { kind: 'choice', value: 'fingerprint|ca', choices: ['fingerprint', 'ca'], help: 'know the CA by its fingerprint or by its file, where a client has both; default: the way that checks more' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode clients --home /opt/es', 'every client, with what it needs'],
    ['firstnode clients python --home /opt/es', 'the whole of one'],
    ['firstnode clients --json', 'all of them with placeholders, for a script'],
  ],
  exits: [3],
  looksOnly: true,
  perform: async (values, context) => {
    const target = values.home === undefined ? null : targetOf({ ...values, home: values.home }, 'clients')
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    const found = await withKeystorePassword(keystore, context, (password) =>
      engine.clients.snippets(
        { target, ...(values.url === undefined ? {} : { url: values.url }), ...(password === undefined ? {} : { keystorePassword: password.reveal() }) },
        { signal: context.signal },
      ),
    )
    for (const sentence of found.sentences) context.tell(sentence)
    const wanted = clientNames.filter((name) => values.client === undefined || name === values.client)
    const clients = Object.fromEntries(wanted.map((name) => [name, byTrust(found.clients[name], values.trust ?? null)]))
    const one = values.client === undefined ? undefined : clients[values.client]
    await context.result(clients, one === undefined ? clientsPage(found, context.out) : clientPage(one, context.out))
    return 0
  },
})

/** As every command, but that the name of a client may stand without `--client` before it. */
export const clients: Command = { ...command, run: (args, context) => command.run(args.map((arg, at) => (isClient(args, at) ? `--client=${arg}` : arg)), context) }

const takeValue = new Set(Object.entries(command.options).flatMap(([name, option]) => (option.kind === 'flag' ? [] : [`--${name}`])))

function isClient(args: readonly string[], at: number): boolean {
  const arg = args[at] ?? ''
  if (arg === '' || arg.startsWith('-') || takeValue.has(args[at - 1] ?? '')) return false
  return at === 0 || (clientNames as readonly string[]).includes(arg)
}
