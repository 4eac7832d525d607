import { fingerprintWords } from '../../shared/fingerprint-words.ts'
import { clientCertificateWords } from '../setup/client-snippets.ts'
import type { Handout } from './handout.ts'

/** Everything as a text for people: what each thing is, and what it is for. Lines end as Unix does. */
export function plainText(handout: Handout, now: Date): string {
  const { url, username, password, token } = handout
  const parts = [
    `${titleOf(handout)}\nSaved by Firstnode on ${day(now)}. Whoever has this file can do anything with the cluster: keep it where only you can read it.`,
    section('Address', url, 'Where Elasticsearch answers, by HTTPS.'),
    section('User', username, 'The built-in superuser. Programs should have users or API keys of their own.'),
    section('Password', password.reveal(), 'Elasticsearch keeps only a hash of it. Where it is lost: firstnode reset-password, or bin/elasticsearch-reset-password -u elastic.'),
    section('CA fingerprint', handout.caFingerprint, `${fingerprintWords.what}\n${fingerprintWords.limit}`),
    ...(token === null ? [] : [tokenSection(token)]),
    ...(handout.clientCertificates ? [`Client certificates\n${clientCertificateWords()}`] : []),
    section('CA certificate', handout.caPem.trim(), `The CA certificate. Safe to share with clients. Save these lines as http_ca.crt; on the machine of the node, it is\n${handout.caCertificate}`),
  ]
  return `${parts.join('\n\n')}\n`
}

/** What it is about, in one line. */
export function titleOf({ clusterName, url }: Pick<Handout, 'clusterName' | 'url'>): string {
  return `Elasticsearch ${clusterName === null ? '' : `${oneLine(clusterName)} `}at ${new URL(url).host}`
}

/** What a password manager keeps beside address, user and password. */
export function notesText(handout: Handout): string {
  const { token } = handout
  return [
    `CA fingerprint (SHA-256): ${handout.caFingerprint}`,
    ...(token === null ? [] : [`Enrollment token for ${goalOf(token.scope)}, until ${moment(token.expiresAt)}: ${token.token}`]),
    ...(handout.clientCertificates ? [clientCertificateWords()] : []),
    `CA certificate:\n${handout.caPem.trim()}`,
  ].join('\n')
}

function tokenSection({ scope, token, expiresAt }: NonNullable<Handout['token']>): string {
  return section(`Enrollment token for ${goalOf(scope)}`, token, `Works until ${moment(expiresAt)}, then never again. Make another: firstnode token --scope ${scope}.`)
}

function section(name: string, value: string, purpose: string): string {
  return `${name}\n${purpose}\n\n  ${value.split('\n').join('\n  ')}`
}

const goalOf = (scope: 'node' | 'kibana'): string => (scope === 'kibana' ? 'Kibana' : 'another node')
const day = (at: Date): string => at.toISOString().slice(0, 10)
const moment = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
