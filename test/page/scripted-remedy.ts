import type { Check, PreflightReport, RemedyPreview } from '../../shared/contract/preflight.ts'
import type { DiffLine } from '../../shared/contract/setup.ts'
import type { NodeTarget } from '../../shared/contract/target.ts'
import { remedySentences as sentencesOf } from '../../engine/setup/remedy-sentences.ts'
import { ready, skipped, user } from './scripted-answers.ts'

const off: Check = {
  id: 'security-enabled',
  title: 'Security',
  status: 'skips',
  detail: 'xpack.security.enabled is false: security is switched off here.',
  remedy: 'Take xpack.security.enabled out of elasticsearch.yml.',
  undoable: true,
}

const owner: Check = {
  id: 'config-owner',
  title: 'Owner',
  status: 'skips',
  detail: 'The configuration directory /home/ana/elasticsearch-9.4.3/config belongs to root, but the node would run as ana (1000).',
  remedy: 'Run the node as root, or give the home to ana (1000).',
}

const opened = skipped.checks.map((check) => (check.id === 'discovery' ? { ...check, undoable: true } : check))

/** Two things stand in the way, and a plan can undo both. */
export const skippedReport: PreflightReport = {
  ...skipped,
  reason: off.detail,
  decidedBy: off.id,
  checks: [...opened.filter(({ id }) => id !== off.id), off],
}

/** The same, with one more that no plan can undo; and what is left when the two are undone. */
export const skippedAndMore: PreflightReport = { ...skippedReport, checks: [...skippedReport.checks, owner] }
export const staysReport: PreflightReport = { ...ready, verdict: 'skipped', reason: owner.detail, decidedBy: owner.id, checks: [...ready.checks, owner] }

/** Nothing stands in the way but a password that nobody has given yet. */
export const lockedReport: PreflightReport = {
  ...ready,
  verdict: 'blocked',
  reason: 'elasticsearch.keystore is protected by a password.',
  decidedBy: 'keystore',
  checks: ready.checks.map((check) =>
    check.id === 'keystore' ? { ...check, status: 'blocks', code: 'keystore_locked', detail: 'elasticsearch.keystore is protected by a password.', remedy: 'Give it in the wizard, or with --keystore-password-stdin.' } : check,
  ),
}

const line = (kind: DiffLine['kind'], text: string, note: string | null = null): DiffLine => ({ kind, text, note })

export function remedyFor(target: NodeTarget, stays: boolean): Omit<RemedyPreview, 'planId'> {
  const settings: RemedyPreview['settings'] = [
    { name: 'cluster.initial_master_nodes', how: 'commented out' },
    { name: 'xpack.security.enabled', how: 'commented out' },
  ]
  const remains = stays ? [owner] : []
  return {
    target,
    sentences: sentencesOf({ settings, keystoreEntries: [], remains }, 'will'),
    changes: [
      {
        action: 'change',
        path: `${target.home}/config/elasticsearch.yml`,
        from: null,
        mode: '0660',
        owner: user,
        bytes: 2910,
        secret: false,
        note: 'What stands in the way is no longer read; every other line stays as it is.',
        diff: [
          line('same', '…', '61 lines as they are'),
          line('same', '# Bootstrap the cluster using an initial set of master-eligible nodes:'),
          line('same', '#'),
          line('removed', 'cluster.initial_master_nodes: ["es-1", "es-2"]'),
          line('added', '#cluster.initial_master_nodes: ["es-1", "es-2"]', 'The node no longer waits for others: it forms a cluster of its own.'),
          line('same', '#'),
          line('same', '# ---------------------------------- Various -----------------------------------'),
          line('same', '#'),
          line('removed', 'xpack.security.enabled: false  # for the demo'),
          line('added', '#xpack.security.enabled: false  # for the demo', 'No longer decided here: the set-up turns security on.'),
        ],
      },
    ],
    settings,
    keystoreEntries: [],
    clears: ['discovery', 'security-enabled'],
    remains,
    verdict: stays ? 'skipped' : 'ready',
  }
}

export const remedySentences = ['cluster.initial_master_nodes and xpack.security.enabled were commented out in elasticsearch.yml.']
