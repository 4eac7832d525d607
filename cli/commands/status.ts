import { callLine } from '../call-line.ts'
import { defineCommand } from '../command.ts'
import { exitOf } from '../exit-code.ts'
import { homeOptions, outputOptions, targetOf } from '../options/shared-options.ts'
import { statusOf } from '../status-of.ts'
import { statusPage } from '../terminal/status-page.ts'
import { unfinishedPage } from '../terminal/unfinished-page.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'does a node of this home run, and does it answer?',
  required: ['home'],
  about: [
    'Finds the node of a home, whoever started it, and says whether it answers. It is found by its process and the time that began, so a reused process number is never mistaken for it.',
    'With --json: {running, node: {pid, name, version, startedAt, httpPort, logFile} or null, url, secured, answering, sentence, health, master, certificateValidUntil}, and unfinished: {kind, message, remedy, command} where an earlier command was interrupted.',
    'A node that does not run is an answer, not an error (exit code 0); a cluster without a master is one (exit code 6, master: false).',
    'The health of the cluster is told where the environment variable ELASTIC_PASSWORD holds the password of the elastic user; else it is left out (with --json: null).',
  ],
  options: { ...homeOptions, ...outputOptions },
  examples: [['firstnode status --home /opt/es --json | jq .running', 'true or false']],
  exits: [3, 6],
  looksOnly: true,
  perform: async (values, context) => {
    const target = targetOf(values, 'status')
    const engine = await context.engine()
    const found = await statusOf(engine, target, context)
    const line = (command: string): string => callLine(context.io, command, target)
    await context.result(found, `${unfinishedPage(found.unfinished, line, context.out)}${statusPage(found, context.out)}`)
    return found.answering && found.master === false ? exitOf('no_master') : 0
  },
})
