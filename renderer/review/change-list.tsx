import type { ChangeView, DiffLine } from '../../shared/contract/setup.ts'
import { inBytes } from '../../shared/sizes.ts'
import { Icon, type IconName } from '../design/icon.tsx'
import { DiffView } from './diff-view.tsx'
import { sharedFolder } from './changes.ts'
import { useWizard } from '../place/wizard.ts'

const words: Record<ChangeView['action'], string> = {
  'create-directory': 'New folder',
  create: 'New',
  change: 'Changed',
  rename: 'Renamed',
  delete: 'Removed',
}

/** Every change to the disk, in the order in which it is made; settings as a diff below their file. */
export function ChangeList({ changes }: { changes: readonly ChangeView[] }) {
  const { info } = useWizard()
  const folder = sharedFolder(changes, info.separator)
  return (
    <div className="card changes">
      <p className="changes-folder small quiet">
        In <span className="mono">{folder}</span>
      </p>
      <ul>
        {changes.map((change) => (
          <Row key={`${change.action} ${change.path}`} change={change} folder={folder} />
        ))}
      </ul>
    </div>
  )
}

function Row({ change, folder }: { change: ChangeView; folder: string }) {
  const path = (full: string): string => (full.startsWith(folder) && full !== folder ? full.slice(folder.length) : full)
  const facts = [change.bytes === null ? null : inBytes(change.bytes), change.mode, change.owner].filter((fact) => fact !== null && fact !== '')
  const icon: IconName = change.action === 'create-directory' ? 'folder' : change.secret ? 'lock' : 'terminal'
  return (
    <li className="change">
      <span className="change-action" data-action={change.action}>
        {words[change.action]}
      </span>
      <div className="grow">
        <p className="change-head">
          <span className="mono change-path">
            {change.from === null ? '' : `${path(change.from)} → `}
            {path(change.path)}
          </span>
          <span className="change-facts">
            {change.secret ? (
              <span className="change-secret">
                <Icon name={icon} size={12} /> secret, not shown
              </span>
            ) : null}
            {facts.join(' · ')}
          </span>
        </p>
        {change.note === '' ? null : <p className="small quiet">{change.note}</p>}
        {hasDiff(change.diff) ? <DiffView diff={change.diff} name={path(change.path)} /> : null}
      </div>
    </li>
  )
}

function hasDiff(diff: ChangeView['diff']): diff is DiffLine[] {
  return diff !== null && diff.some(({ kind }) => kind !== 'same')
}
