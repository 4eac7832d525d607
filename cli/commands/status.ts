import type { CertificatesState } from '../../shared/contract/certificates.ts'
import { problem } from '../../shared/problems/problem.ts'
import { callLine } from '../call-line.ts'
import { defineCommand } from '../command.ts'
import { certificateExit, exitOf } from '../exit-code.ts'
import { homeOptions, outputOptions, secretOptions, targetOf } from '../options/shared-options.ts'
import { ToldError } from '../problem-page.ts'
import { readSecrets } from '../secret-input.ts'
import { statusOf } from '../status-of.ts'
import { findingsPage } from '../terminal/certificates-page.ts'
import { statusPage } from '../terminal/status-page.ts'
import { unfinishedPage } from '../terminal/unfinished-page.ts'

export const status = defineCommand({
  name: 'status',
  summary: 'does a node of this home run, and does it answer?',
  required: ['home'],
  about: [
    'Finds the node of a home, whoever started it, and says whether it answers. It is found by its process and the time that began, so a reused process number is never mistaken for it.',
    'With --json: {running, node: {pid, name, version, startedAt, httpPort, logFile} or null, url, secured, answering, sentence, health, master, certificateValidUntil, certificates}, and unfinished: {kind, message, remedy, command} where an earlier command was interrupted.',
    'certificates holds every certificate of the node with its end, what the node serves, and findings: certificates that expire within 60 days, and addresses of this machine that the HTTP certificate lacks. For monitoring, --certificate-days N ends with exit code 12 where a certificate expires within N days, and with 3 where the certificates cannot be read.',
    'A node that does not run is an answer, not an error (exit code 0); a cluster without a master is one (exit code 6, master: false).',
    'The health of the cluster is told where the environment variable ELASTIC_PASSWORD holds the password of the elastic user; else it is left out (with --json: null).',
  ],
  options: {
    ...homeOptions,
    'certificate-days': { kind: 'text', value: 'DAYS', help: 'end with 12 where a certificate expires within so many days' },
    'keystore-password-stdin': secretOptions['keystore-password-stdin'],
    ...outputOptions,
  },
  examples: [
    ['firstnode status --home /opt/es --json | jq .running', 'true or false'],
    ['firstnode status --home /opt/es --certificate-days 30', 'for monitoring: ends with 12 a month before a certificate expires'],
  ],
  exits: [3, 6, 12],
  looksOnly: true,
  perform: async (values, context) => {
    const target = targetOf(values, 'status')
    const days = daysIn(values['certificate-days'])
    const { keystore } = await readSecrets(values['keystore-password-stdin'] ? ['keystore'] : [], context)
    const engine = await context.engine()
    const found = await statusOf(engine, target, context)
    const wish = { target, ...(keystore === undefined ? {} : { keystorePassword: keystore.reveal() }) }
    const { target: _, ...certificates } = await engine.certificates.look(wish, { signal: context.signal })
    if (days !== null) refuseUnread(certificates, days)
    const line = (command: string): string => callLine(context.io, command, target)
    await context.result({ ...found, certificates }, `${unfinishedPage(found.unfinished, line, context.out)}${statusPage(found, context.out)}${findingsPage(certificates, line, context.out)}`)
    if (found.answering && found.master === false) return exitOf('no_master')
    return days !== null && endsWithin(certificates, days) ? certificateExit : 0
  },
})

type Certificates = Omit<CertificatesState, 'target'>

function daysIn(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,5}$/.test(text)) return Number(text)
  throw problem('bad_input', { what: '--certificate-days is not a number of days.', want: 'Give a whole number, such as 30.' })
}

function endsWithin({ certificates, served }: Certificates, days: number): boolean {
  const ends = [...certificates, ...(served === null ? [] : [served])].map(({ validUntil }) => validUntil)
  return ends.some((end) => end - Date.now() <= days * 86_400_000)
}

/** Monitoring must not take what could not be read for good news. */
function refuseUnread(certificates: Certificates, days: number): void {
  const [trouble] = certificates.unreadable
  if (trouble !== undefined && !endsWithin(certificates, days)) throw new ToldError(trouble)
}
