import type { ClusterView } from '../../shared/contract/node.ts'
import { Icon } from '../design/icon.tsx'
import { type State, StateWord } from '../design/state-mark.tsx'

const health: Record<string, State> = { green: 'good', yellow: 'heed', red: 'bad' }

/** The cluster as it is: its nodes, who was elected, its health, and room for whoever joins. */
export function ClusterDrawing({ cluster, onAgain }: { cluster: ClusterView; onAgain?: () => void }) {
  return (
    <section className="cluster card" aria-label={`Cluster ${cluster.name}`}>
      <div className="row cluster-head">
        <h2 className="grow">
          Cluster <span className="mono">{cluster.name}</span>
        </h2>
        <StateWord state={health[cluster.health] ?? 'waiting'}>{`health ${cluster.health}`}</StateWord>
        {onAgain === undefined ? null : (
          <button type="button" className="plain copy" onClick={onAgain}>
            <Icon name="again" size={14} />
            Refresh
          </button>
        )}
      </div>
      <ul className="nodes">
        {cluster.nodes.map((node) => (
          <li key={`${node.name} ${node.address}`} className="node">
            <svg className="node-shape" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
              <path d="M24 3l18.2 10.5v21L24 45 5.8 34.5v-21z" />
              <circle cx="24" cy="24" r="7" />
            </svg>
            <span className="node-name mono">{node.name}</span>
            <span className="small quiet mono">{node.address}</span>
            <span className="small quiet">
              {node.version}
              {node.elected ? ' · elected master' : ''}
            </span>
          </li>
        ))}
        <li className="node node-free">
          <svg className="node-shape" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">
            <path d="M24 3l18.2 10.5v21L24 45 5.8 34.5v-21z" />
          </svg>
          <span className="small quiet">room for another</span>
        </li>
      </ul>
    </section>
  )
}
