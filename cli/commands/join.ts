import type { JoinAnswers } from '../../shared/contract/join.ts'
import { lifeWords } from '../../shared/token-life.ts'
import { defineCommand } from '../command.ts'
import { givenToken } from '../enrollment-token.ts'
import { refusePortClash } from '../first-node.ts'
import { followSetup } from '../follow-setup.ts'
import { reportJoined } from '../joined.ts'
import { answerOptions, homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { withProgress } from '../terminal/progress.ts'
import { printable } from '../terminal/text.ts'

export const join = defineCommand({
  name: 'join',
  summary: 'let a new node join a cluster, with an enrollment token of that cluster',
  required: ['home'],
  about: [
    'Reads the enrollment token from ENROLLMENT_TOKEN, from standard input (--token-stdin), or asks for it. Finds the cluster by the fingerprint in the token before anything is sent, checks that this node can reach the others, writes certificates, keystore and settings (all or none), starts the node, and ends when the cluster itself lists it.',
    'Nothing is written before all checks are done. A join that fails leaves the home as it was, and can be begun again at once. Several homes on one machine get free ports and names by themselves.',
    'Make the token on a node of the cluster: firstnode token --scope node --home DIR. With --json: {node, clusterName, url, caFingerprint, caCertificate, pid, nodes, timings}.',
  ],
  options: {
    ...homeOptions,
    'node-name': answerOptions['node-name'],
    'http-port': answerOptions['http-port'],
    'transport-port': answerOptions['transport-port'],
    heap: answerOptions.heap,
    'token-stdin': { kind: 'flag', help: 'read the enrollment token from standard input' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode join --home ~/elasticsearch-second', 'asks for the token'],
    ['firstnode join --home ~/es-2 --token-stdin < token-file', 'a second node on this machine, say'],
    ['ENROLLMENT_TOKEN=… firstnode join --home /opt/es --node-name beta --json', 'for a script'],
  ],
  exits: [3, 4, 5, 6],
  looksOnly: false,
  perform: async (values, context) => {
    const target = targetOf(values, 'join')
    refusePortClash(values)
    const { token, keystore } = await givenToken({ scope: 'node', tokenStdin: values['token-stdin'], keystoreStdin: values['keystore-password-stdin'] }, context)
    const chosen: JoinAnswers = { nodeName: values['node-name'], httpPort: values['http-port'], transportPort: values['transport-port'], heap: values.heap, keystorePassword: keystore?.reveal() }
    const answers = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined))
    const engine = await context.engine()
    const { addresses, caFingerprint, version } = await engine.join.explain({ token: token.reveal() }, { signal: context.signal })
    const dot = (sentence: string): void => context.tell(`${context.err.signs.dot} ${printable(sentence)}`)
    dot(`The token (form ${version}) names ${addresses.join(', ')}; its cluster is known by the CA fingerprint ${caFingerprint}.`)
    const preview = await engine.join.plan({ target, token: token.reveal(), answers }, { signal: context.signal })
    dot(`The token is valid for: ${lifeWords(preview.token, Date.now())}.`)
    for (const { address, why } of preview.tried) if (why !== null) dot(`${address} of the token: ${why}.`)
    preview.sentences.forEach(dot)
    if (context.signal.aborted) await engine.setup.discard({ planId: preview.planId })
    context.signal.throwIfAborted()
    const state = await withProgress(context, async (view) => followSetup(engine, await engine.setup.apply({ planId: preview.planId }), context, view))
    return reportJoined(engine, state, context)
  },
})
