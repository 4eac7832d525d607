import type { PutBack } from '../plan/put-back.ts'
import type { EnrolledKibana } from './enrolled-kibana.ts'
import type { KibanaHome } from './kibana-home.ts'
import type { KibanaPlan } from './kibana-plan.ts'
import type { ReachedByToken } from './try-enrollment.ts'

/** What connecting will mean, a sentence a fact. */
export function previewSentences(kibana: KibanaHome, { url, major }: ReachedByToken, plan: KibanaPlan): string[] {
  const { keystore } = kibana
  return [
    `Kibana ${kibana.version} will use the cluster at ${url}${major === null ? '' : ` (Elasticsearch ${major})`}, which was proved just now by the CA of the token.`,
    'It will log in as the service account elastic/kibana. The cluster makes a token for that when this is written, and not before.',
    plan.form === 'appended'
      ? `${kibana.settingsFile} gets four more settings; what is in it stays as it is.`
      : `${kibana.settingsFile} is written anew: what is in it stays as comments, and its other settings stay in force.`,
    ...(plan.replaced.length === 0 ? [] : [`In the way ${plan.replaced.length === 1 ? 'is' : 'are'} ${plan.replaced.join(', ')}.`]),
    ...(keystore?.settings === null ? [`${keystore.file} could not be looked into: ${keystore.closed}. Hosts and credentials in it would win over what is written here.`] : []),
  ]
}

/** What was done. */
export function doneSentences(kibana: KibanaHome, { url, clusterName, clusterVersion, tokenName }: EnrolledKibana, plan: KibanaPlan): string[] {
  return [
    `${kibana.settingsFile} connects Kibana with the cluster ${clusterName} (Elasticsearch ${clusterVersion}) at ${url}.`,
    `The cluster made the token ${tokenName} for it, which was tried over TLS.`,
    `The CA certificate of the cluster lies in ${plan.caPath}.`,
    ...(plan.cleanup?.changes ?? []).flatMap((change) => (change.kind === 'delete' ? [`${change.path} was removed.`] : [])),
  ]
}

/** What undoing did, or will do. A Kibana that runs has read its settings already. */
export function undoneSentences({ restored, removed, merged, beside, kept }: PutBack, when: 'was' | 'will be'): string[] {
  return [
    ...restored.filter((path) => !removed.includes(path)).map((path) => `${path} ${when} put back as it was.`),
    ...merged.map((path) => `Our section ${when} taken out of ${path}; what was edited since stays.`),
    ...removed.map((path) => `${path} ${when} removed.`),
    ...beside.map((path) => `${path} ${when} kept: it is not as Firstnode wrote it.`),
    ...kept.map(({ path, reason }) => `${path} stays: ${reason}.`),
    'A Kibana that runs goes on with what it has read until it is started again. The token it has stays good until it is deleted in the cluster.',
  ]
}
