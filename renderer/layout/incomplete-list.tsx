import type { FoundHomes } from '../../shared/contract/installation.ts'

/** Says that a list of what is on this machine may lack something, and which folders were not searched. */
export function IncompleteList({ incomplete, onAgain }: { incomplete: FoundHomes['incomplete']; onAgain: () => void }) {
  if (incomplete === null) return null
  return (
    <div className="notice" role="status">
      <p>
        {incomplete.message} {incomplete.remedy}
      </p>
      <button type="button" className="plain link small" onClick={onAgain}>
        Search again
      </button>
    </div>
  )
}
