/** Who a new file belongs to, in numbers; null leaves it to the system (Windows, or the caller's own). */
export interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * One change to the disk. Paths are absolute; modes are permission bits. On Windows they say one thing: what is secret, and a folder that others may not
 * enter, is closed to them by its access list (`close-to-others.ts`); all else inherits from its folder.
 */
export type Change =
  | { readonly kind: 'create-directory'; readonly path: string; readonly mode: number; readonly owner: Owner | null; readonly note: string }
  | {
      readonly kind: 'write'
      readonly path: string
      readonly content: Uint8Array
      /** its content is still to be made, and is empty here: for a preview only, never to be applied */
      readonly pending?: true
      /** where a link is at `path`, what it leads to is replaced, and the link stays */
      readonly followsLink?: true
      /** SHA-256 (hex) of the file this replaces as it was when the plan was made; null where there was none. Apply refuses when it differs. */
      readonly replaces: string | null
      readonly mode: number
      readonly owner: Owner | null
      /** its content must not be shown */
      readonly secret: boolean
      readonly note: string
      /** what a line of the content means, by its number from 0: for the diff of the preview, beside added lines */
      readonly lineNotes?: ReadonlyMap<number, string>
    }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string; readonly note: string }
  | { readonly kind: 'delete'; readonly path: string; readonly note: string }

/** What a plan is for. The journal carries it, so that whoever finds one knows what was interrupted. */
export const planKinds = ['first-node', 'join', 'opening', 'renew', 'remedy', 'temporary-user', 'kibana', 'handout'] as const
export type PlanKind = (typeof planKinds)[number]

/** A change to the disk as data: made without touching it, applied whole or not at all. Changes are applied in order. */
export interface Plan {
  readonly kind: PlanKind
  /** for people; nothing is decided by it */
  readonly title: string
  readonly changes: readonly Change[]
}
