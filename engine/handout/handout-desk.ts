import { randomUUID } from 'node:crypto'
import type { EnvDone, EnvPreview, HandoutFile, HandoutFormat } from '../../shared/contract/handout.ts'
import { problem } from '../../shared/problems/problem.ts'
import type { Secret } from '../../shared/secret.ts'
import { applyPlan } from '../plan/apply.ts'
import { conclude } from '../plan/conclude.ts'
import { withHomeLocked } from '../plan/lock.ts'
import { hasOwnFolder } from '../plan/in-own-folder.ts'
import { recover } from '../plan/recover.ts'
import { rollBack } from '../plan/roll-back.ts'
import type { SetupDesk } from '../setup/setup-desk.ts'
import { draftEnv, type EnvDraft } from './env-draft.ts'
import { gather, type GatheringWish } from './handout.ts'
import { handoutFile } from './handout-file.ts'

/** Saving everything for later. One a host: it keeps what was previewed, so that just that is written. */
export class HandoutDesk {
  readonly #setups: SetupDesk
  readonly #drafts = new Map<string, EnvDraft>()

  constructor(setups: SetupDesk) {
    this.#setups = setups
  }

  /** Everything as one text. Problems: those of `gather`, and `passphrase_needed`. */
  async file(wish: GatheringWish, as: { readonly format: HandoutFormat; readonly passphrase: Secret | undefined }, signal: AbortSignal | undefined): Promise<HandoutFile> {
    if (as.format === 'openpgp' && as.passphrase === undefined) throw problem('passphrase_needed', {})
    return handoutFile(await gather(this.#setups, wish, signal), as)
  }

  /** Previews a project's `.env`; an earlier preview for the same folder is dropped. What an interrupted save left there is put back first, and the preview begins by saying so. Problems: `busy`, those of `gather`, `recover` and `draftEnv`. */
  async previewEnv(wish: GatheringWish, where: { readonly folder: string; readonly gitignore: boolean }, signal: AbortSignal | undefined): Promise<EnvPreview> {
    const recovered = await recoverProject(where.folder)
    const draft = await draftEnv(await gather(this.#setups, wish, signal), where)
    const preview = { ...draft.preview, sentences: [...recovered, ...draft.preview.sentences] }
    for (const [id, { folder }] of this.#drafts) if (folder === draft.folder) this.#drafts.delete(id)
    if (draft.plan.changes.length === 0) return { planId: null, ...preview }
    const planId = randomUUID()
    this.#drafts.set(planId, draft)
    return { planId, ...preview }
  }

  /** Writes just what was previewed, or nothing, and leaves nothing else in the folder. Problems: `no_such_plan`, `busy`, those of `applyPlan`. */
  async applyEnv(planId: string, signal: AbortSignal | undefined): Promise<EnvDone> {
    const draft = this.#drafts.get(planId)
    if (draft === undefined) throw problem('no_such_plan', {})
    await withHomeLocked(draft.folder, () => carryOut(draft, signal))
    this.#drafts.delete(planId)
    return { file: draft.preview.file, sentences: draft.preview.sentences }
  }
}

/** Restores what an interrupted save left in a project, before anything is compared with it. Gives a sentence that says so; none where there was nothing. */
async function recoverProject(folder: string): Promise<string[]> {
  if (!(await hasOwnFolder(folder))) return []
  const { putBack } = await withHomeLocked(folder, () => recover(folder))
  if (putBack === null) return []
  const files = [...putBack.restored, ...putBack.removed, ...putBack.merged].join(', ')
  return [`An earlier save to this folder was interrupted. Firstnode undid it first${files === '' ? '' : `: ${files}`}.`]
}

async function carryOut({ folder, owner, plan }: EnvDraft, signal: AbortSignal | undefined): Promise<void> {
  await recover(folder)
  await applyPlan(plan, { config: folder, owner, ...(signal === undefined ? {} : { signal }) })
  try {
    await conclude(folder)
  } catch (thrown) {
    await rollBack(folder)
    throw thrown
  }
}
