import { createHash } from 'node:crypto'
import type { Plan } from '../plan/plan.ts'
import type { SetupRecord } from '../plan/record.ts'
import type { Draft } from './draft.ts'
import type { JoinDraft } from './join-draft.ts'
import type { LiveSetup } from './live-setup.ts'

/** The record of a set-up whose files are in place. Only homes without data are set up, so none existed. Nothing of a token is in it. */
export function newRecord(live: LiveSetup, draft: Pick<Draft | JoinDraft, 'kind' | 'target' | 'facts' | 'answers'>, plan: Plan): Omit<SetupRecord, 'format'> {
  const files = plan.changes.flatMap((change) =>
    change.kind === 'write' ? [{ path: change.path, sha256: createHash('sha256').update(change.content).digest('hex') }] : [],
  )
  return {
    setupId: live.state.setupId,
    target: draft.target,
    at: Date.now(),
    facts: draft.facts,
    answers: draft.answers,
    stage: 'applied',
    files,
    dataExisted: false,
    formedCluster: null,
    node: null,
    ...(draft.kind === 'joining' ? { joining: true } : {}),
  }
}
