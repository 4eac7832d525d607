import type { Engine } from '../engine/router.ts'
import type { SetupState } from '../shared/contract/setup.ts'
import type { WorkState } from '../shared/contract/work.ts'

/** What ends with the application, in words; null where nothing does. */
export function wouldBeGivenUp(engine: Pick<Engine, 'underWay'>): string | null {
  const states = engine.underWay()
  return states.length === 0 ? null : describeUnderWay(states)
}

/** What is under way, in a few words each, to be said before it is given up. */
function describeUnderWay(states: readonly (SetupState | WorkState)[]): string {
  return states.map(describe).join('; ')
}

function describe(state: SetupState | WorkState): string {
  if ('setupId' in state) return `Elasticsearch in ${state.target.home} is being ${state.stage === 'cancelling' ? 'put back' : 'set up'}`
  const { what } = state
  if (what.what === 'unpack') return `${what.archive} is being unpacked`
  if (what.what === 'download') return `${what.product === 'kibana' ? 'Kibana' : 'Elasticsearch'} ${what.version === undefined ? '' : `${what.version} `}is being ${what.file === undefined ? 'downloaded' : 'unpacked'}`
  if (what.what === 'practice') return `the practice copy of Elasticsearch ${what.version} is being made`
  if (what.what === 'open') return `${what.home} is being opened to nodes of other machines`
  if (what.what === 'close') return `${what.home} is being closed to nodes of other machines`
  return `the set-up of ${what.home} is being undone`
}
