import { domainToASCII } from 'node:url'
import type { SetupAnswers } from '../../shared/contract/setup.ts'
import { problem } from '../../shared/problems/problem.ts'
import { addressBytes, bareHost } from '../network/ip-address.ts'

const longestNodeName = 255
/** Log files are named after the cluster (`NAME_index_search_slowlog.json` and rolled over), and 255 bytes is what a file name may have. */
const longestClusterName = 180
const shortestPassword = 6
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff]/u

/**
 * Looks at what a person answered, before anything is planned with it. Problems: `bad_node_name`, `bad_cluster_name`, `bad_san`, `bad_http_host`,
 * `bad_password`. Ports and heap are looked at where they are chosen (engine/node).
 */
export function checkAnswers(answers: Pick<SetupAnswers, 'nodeName' | 'clusterName' | 'httpHost' | 'san' | 'elasticPassword'>): void {
  if (answers.nodeName !== undefined) checkNodeName(answers.nodeName)
  if (answers.clusterName !== undefined) checkClusterName(answers.clusterName)
  if (answers.httpHost !== undefined) checkHttpHost(answers.httpHost)
  for (const name of answers.san ?? []) certificateName(name)
  if (answers.elasticPassword !== undefined) checkPassword(answers.elasticPassword)
}

/** Problem: `bad_node_name`. */
export function checkNodeName(name: string): void {
  const why = faultOfName(name, longestNodeName)
  if (why !== null) throw problem('bad_node_name', { why })
}

/** Problem: `bad_cluster_name`. Elasticsearch itself refuses colons (ClusterName), and dies of a slash, which ends up in the names of its log files. */
export function checkClusterName(name: string): void {
  const why = faultOfName(name, longestClusterName) ?? (/[:/\\]/.test(name) ? 'holds a colon or a slash' : null) ?? (Buffer.byteLength(name) > longestClusterName ? 'is too long' : null)
  if (why !== null) throw problem('bad_cluster_name', { why })
}

/** Problem: `bad_password`. Elasticsearch asks for 6 characters (Validation.Users). */
export function checkPassword(password: string): void {
  if (password.length < shortestPassword) throw problem('bad_password', { why: `has fewer than ${shortestPassword} characters` })
  if (invisible.test(password)) throw problem('bad_password', { why: 'holds control characters' })
}

/** An entry for the HTTP certificate as it stands there: an address as it is, a name in ASCII. Problem: `bad_san`. */
export function certificateName(entry: string): string {
  const name = asCertificateName(entry)
  if (name === null) throw problem('bad_san', { name: JSON.stringify(entry.slice(0, 100)), why: 'is neither a host name nor an address' })
  return name
}

/** Whether it can stand in the HTTP certificate. */
export function isCertificateName(entry: string): boolean {
  return asCertificateName(entry) !== null
}

function asCertificateName(entry: string): string | null {
  const name = entry.trim()
  if (addressBytes(name) !== null) return name
  const wildcard = name.startsWith('*.')
  const ascii = asHostName(wildcard ? name.slice(2) : name)
  if (ascii === null) return null
  return wildcard ? `*.${ascii}` : ascii
}

function checkHttpHost(hosts: string): void {
  for (const host of hosts.split(',')) {
    const bare = bareHost(host)
    if (bare === '') throw problem('bad_http_host', { why: 'is empty' })
    if (/^_[\w:.-]+_$/.test(bare) || addressBytes(bare) !== null || asHostName(bare) !== null) continue
    throw problem('bad_http_host', { why: `is neither an address nor a name: ${JSON.stringify(bare.slice(0, 100))}` })
  }
}

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const hostName = new RegExp(`^${label}(?:\\.${label})*\\.?$`)

/** A host name in ASCII (IDNA), or null where it is none. What looks like a number would be taken for an address. */
function asHostName(name: string): string | null {
  if (!/^(?:[\p{L}\p{M}\p{N}._-]|\u200c|\u200d)+$/u.test(name)) return null
  const ascii = domainToASCII(name)
  return ascii.length <= 253 && hostName.test(ascii) && addressBytes(ascii) === null ? ascii : null
}

function faultOfName(name: string, longest: number): string | null {
  if (name.trim() === '') return 'is empty'
  if (name !== name.trim()) return 'begins or ends with a blank'
  if (name.length > longest) return `has ${name.length} characters, more than ${longest}`
  if (invisible.test(name)) return 'holds control characters'
  // Elasticsearch replaces it wherever it stands in elasticsearch.yml, quoted or not.
  return name.includes('${') ? 'holds ${, which Elasticsearch takes for a placeholder' : null
}
