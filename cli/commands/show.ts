import { callLine } from '../call-line.ts'
import { defineCommand } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets, withKeystorePassword } from '../secret-input.ts'
import { showPage } from '../terminal/show-page.ts'
import { unfinishedPage } from '../terminal/unfinished-page.ts'

export const show = defineCommand({
  name: 'show',
  summary: 'what a configured node has: CA fingerprint, CA certificate, addresses',
  required: ['home'],
  about: [
    'What clients, Kibana and other nodes need to trust this node. With --keystore-passwords also the passwords of http.p12 and transport.p12, read from elasticsearch.keystore; where that is protected, its password is asked for on a terminal. The node need not run.',
  ],
  options: {
    ...homeOptions,
    'keystore-passwords': { kind: 'flag', help: 'also the passwords of http.p12 and transport.p12' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode show --home /opt/es', 'fingerprint, CA certificate, addresses'],
    ['firstnode show --home /opt/es --keystore-passwords --json', 'for keytool or openssl'],
  ],
  exits: [3],
  looksOnly: true,
  perform: async (values, context) => {
    const target = targetOf(values, 'show')
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    const shown = await withKeystorePassword(keystore, context, (password) =>
      engine.node.show(
        { target, keystorePasswords: values['keystore-passwords'], ...(password === undefined ? {} : { keystorePassword: password.reveal() }) },
        { signal: context.signal },
      ),
    )
    const line = (command: string): string => callLine(context.io, command, target)
    await context.result(shown, `${unfinishedPage(shown.unfinished, line, context.out)}${showPage(shown, context.out)}`)
    return 0
  },
})
