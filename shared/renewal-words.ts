import type { RenewalPreview, RenewalUndo } from './contract/certificates.ts'

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** What a renewal would do, a sentence a fact. */
export function renewalWords(
  { path, names, added, oldUntil, newUntil, node, loadsWithin, authority }: RenewalPreview,
  now = Date.now(),
): string[] {
  return [
    `The node gets a new key and a new HTTP certificate from the same CA, valid until ${day(newUntil)}. The old one ${oldUntil <= now ? 'expired' : 'is valid until'} ${oldUntil <= now ? 'on ' : ''}${day(oldUntil)}.`,
    ...(authority === null
      ? ['Clients that trust the CA, by its file or by its fingerprint, need no change.']
      : authorityWords(authority, node, now)),
    added.length === 0
      ? `It has the same ${names.length} names and addresses.`
      : `It has all names and addresses of the old one, and ${added.length === 1 ? 'one more' : `${added.length} more`}: ${added.join(', ')}.`,
    `${path} is replaced. Its password stays the same.`,
    {
      stopped: 'The node is not running. It uses the new certificate from its next start.',
      restart:
        'The settings of the node switch off reloading (resource.reload.enabled: false). Restart it to use the new certificate.',
      running: `The running node loads it within ${Math.ceil(loadsWithin / 1000)} s, without a restart. If it does not, Firstnode restores the old one.`,
    }[node],
  ]
}

/** What a CA certificate that is issued again means for clients. */
function authorityWords(
  { path, oldUntil, newUntil, oldFingerprint, newFingerprint, kibanas }: Authority,
  node: RenewalPreview['node'],
  now: number,
): string[] {
  const isEnded = oldUntil <= now
  return [
    `The CA certificate is issued again, with the same key and name: valid until ${day(newUntil)} instead of ${day(oldUntil)}. The new one is in ${path}.`,
    isEnded
      ? 'The old CA certificate has expired, so every client needs the new one.'
      : `Clients with the old CA certificate accept the node until ${day(oldUntil)}: give them the new one before that. The new one also accepts certificates that the old one issued.`,
    `The fingerprint changes from ${oldFingerprint} to ${newFingerprint}. Clients that trust the fingerprint refuse the node until you change it: Fleet outputs and Beats (ca_trusted_fingerprint), client libraries (caFingerprint), and what you saved with \`firstnode save\`.`,
    ...kibanas.map((kibana) =>
      kibana.changed
        ? `Firstnode also changes the Kibana in ${kibana.home}, which it connected. Restart that Kibana afterwards. Undoing the renewal restores it.`
        : kibanaByHand(kibana, path),
    ),
    'On every other node of this cluster run `firstnode renew --ca` as well: each issues the same CA certificate, with the same fingerprint.',
    ...(node === 'running'
      ? ['Afterwards Firstnode asks the cluster which nodes are left, as a temporary superuser that it removes again.']
      : []),
    'If the key of the CA was lost or stolen, this does not help: replace the CA, see https://www.elastic.co/docs/deploy-manage/security/different-ca',
  ]
}

function kibanaByHand({ home, settingsFile, fingerprint, copy }: Authority['kibanas'][number], path: string): string {
  const parts = [
    ...(fingerprint ? [`change ca_trusted_fingerprint in ${settingsFile}`] : []),
    ...(copy === null ? [] : [`copy ${path} to ${copy}`]),
  ]
  return `The Kibana in ${home} uses the old CA certificate: ${parts.join(', ')}, then restart it.`
}

type Authority = NonNullable<RenewalPreview['authority']>

/** The other nodes of the cluster, and the CA certificate that each shows to clients. */
export type OtherNodes = readonly {
  readonly name: string
  readonly address: string
  readonly shows: 'old' | 'new' | 'unknown'
}[]

/** Which nodes of the cluster still need the new CA certificate. `others`: null where the cluster was not asked. */
function otherNodesWords(others: OtherNodes | null): string[] {
  const each = 'on every other node of this cluster'
  if (others === null) return [`Run \`firstnode renew --ca\` ${each} as well.`]
  const named = (shows: OtherNodes[number]['shows']): string[] =>
    others
      .filter((one) => one.shows === shows)
      .map(({ name, address }) => (address === '' ? name : `${name} (${address})`))
  const [old, unknown] = [named('old'), named('unknown')]
  return [
    ...(old.length === 0
      ? []
      : [`Still with the old CA certificate: ${old.join(', ')}. Run \`firstnode renew --ca --home …\` on each.`]),
    ...(unknown.length === 0
      ? []
      : [
          `Could not be checked: ${unknown.join(', ')}. Run \`firstnode renew --ca --home …\` there if that has not been done.`,
        ]),
    ...(others.length > 0 && old.length === 0 && unknown.length === 0
      ? ['All other nodes of the cluster have the new CA certificate.']
      : []),
  ]
}

/** What a renewal did. */
export function renewedWords({
  newUntil,
  authority,
  node,
  others = null,
  javaAsked,
}: {
  readonly newUntil: number
  readonly authority: Authority | null
  readonly node: RenewalPreview['node']
  /** null where the cluster was not asked */
  readonly others?: OtherNodes | null
  readonly javaAsked: boolean
}): string[] {
  return [
    ...(authority === null
      ? []
      : [
          `The CA certificate is issued again, valid until ${day(authority.newUntil)}: ${authority.path}, fingerprint ${authority.newFingerprint}.`,
          ...authority.kibanas.map((kibana) =>
            kibana.changed
              ? `The Kibana in ${kibana.home} has the new CA certificate. Restart it.`
              : kibanaByHand(kibana, authority.path),
          ),
        ]),
    {
      stopped: `The HTTP certificate is renewed, valid until ${day(newUntil)}. The node uses it from its next start.`,
      restart: `The HTTP certificate is renewed, valid until ${day(newUntil)}. Restart the node to use it.`,
      running: `The node serves its new HTTP certificate, valid until ${day(newUntil)}.`,
    }[node],
    ...(authority === null ? [] : otherNodesWords(others)),
    ...(javaAsked ? [] : ['Java could not be run here, so only Firstnode has opened the new keystore.']),
  ]
}

/** What undoing a renewal would do. */
export function renewalUndoWords({ restored, kept, node, kibanas }: RenewalUndo): string[] {
  return [
    ...restored.map((path) => `${path} is restored as it was before the renewal.`),
    ...kibanas.map(
      ({ home, restored: files }) =>
        `The Kibana in ${home} gets the old CA certificate again (${files.join(', ')}). Restart that Kibana afterwards.`,
    ),
    ...kept.map(({ path, reason }) => `${path} stays: ${reason}.`),
    {
      stopped: 'The node is not running. It uses the restored certificate from its next start.',
      restart: 'Restart the node to use the restored certificate.',
      running: 'The running node loads the restored certificate within a few seconds, without a restart.',
    }[node],
  ]
}
