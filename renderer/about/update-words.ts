import type { UpdateState } from '../../shared/contract/desktop.ts'
import type { State } from '../design/state-mark.tsx'

/** What a press asks the host for. */
export type UpdateWish = 'look' | 'fetch' | 'install'

export interface UpdateWords {
  readonly state: State
  readonly title: string
  readonly more: string | null
  /** the one press that leads on; null where there is none */
  readonly press: { readonly wish: UpdateWish; readonly words: string } | null
}

/** Where an update stands, in words, and what leads on. */
export function updateWords({ stage, version, percent, reason }: UpdateState): UpdateWords {
  const named = version === null ? 'A new version' : `Firstnode ${version}`
  switch (stage) {
    case 'off':
      return { state: 'waiting', title: 'New versions do not come from here', more: reason, press: null }
    case 'idle':
      return { state: 'waiting', title: 'New versions come when you ask', more: 'Nothing is looked for, fetched or installed by itself.', press: { wish: 'look', words: 'Look for a new version' } }
    case 'looking':
      return { state: 'live', title: 'Looking for a new version', more: null, press: null }
    case 'none':
      return { state: 'good', title: 'This is the newest version', more: null, press: { wish: 'look', words: 'Check again' } }
    case 'available':
      return { state: 'waiting', title: `${named} is there`, more: 'Nothing is fetched before you say so.', press: { wish: 'fetch', words: 'Fetch it' } }
    case 'fetching':
      return { state: 'live', title: `Fetching ${version === null ? 'the new version' : named}`, more: percent === null ? null : `${Math.round(percent)} %`, press: null }
    case 'ready':
      return { state: 'good', title: `${named} is ready`, more: 'Firstnode ends and starts anew. Nodes that run go on.', press: { wish: 'install', words: 'Install and start anew' } }
    default:
      return { state: 'bad', title: 'The new version could not be had', more: reason, press: { wish: 'look', words: 'Try again' } }
  }
}

/** Something is under way, so that its state is worth asking for again and again. */
export function isUnderWay({ stage }: Pick<UpdateState, 'stage'>): boolean {
  return stage === 'looking' || stage === 'fetching'
}
