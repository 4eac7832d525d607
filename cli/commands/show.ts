import { callLine } from '../call-line.ts'
import { defineCommand } from '../command.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { readSecrets, withKeystorePassword } from '../secret-input.ts'
import { certificatesPage, findingsPage } from '../terminal/certificates-page.ts'
import { showPage } from '../terminal/show-page.ts'
import { unfinishedPage } from '../terminal/unfinished-page.ts'

export const show = defineCommand({
  name: 'show',
  summary: 'what a configured node has: CA fingerprint, CA certificate, addresses',
  required: ['home'],
  about: [
    'What clients, Kibana and other nodes need to trust this node. With --keystore-passwords also the passwords of http.p12 and transport.p12, read from elasticsearch.keystore; where that is protected, its password is asked for on a terminal. The node need not run.',
    'It also lists every certificate of the node, with its end, serial number and file, and what the running node serves. With --json: certificates, with names, issuer and fingerprint.',
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
    const { shown, certificates } = await withKeystorePassword(keystore, context, async (password) => {
      const wish = { target, ...(password === undefined ? {} : { keystorePassword: password.reveal() }) }
      const node = await engine.node.show({ ...wish, keystorePasswords: values['keystore-passwords'] }, { signal: context.signal })
      const { target: _, ...found } = await engine.certificates.look(wish, { signal: context.signal })
      return { shown: node, certificates: found }
    })
    const line = (command: string): string => callLine(context.io, command, target)
    const pages = [unfinishedPage(shown.unfinished, line, context.out), showPage(shown, context.out), certificatesPage(certificates, context.out), findingsPage(certificates, line, context.out)]
    await context.result({ ...shown, certificates }, pages.join(''))
    return 0
  },
})
