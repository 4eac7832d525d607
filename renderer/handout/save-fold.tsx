import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { Fold } from '../layout/fold.tsx'

const SaveEverything = lazy(() => import('./save-everything.tsx').then(({ SaveEverything }) => ({ default: SaveEverything })))

/** "Save everything for later", behind a line. `setupId` null, or a node whose password is not `known` here: the password is asked for. `onTaken`: somebody has it now. */
export function SaveFold({ setupId, known, onTaken = () => undefined }: { setupId: string | null; known: boolean; onTaken?: () => void }) {
  return (
    <Fold title="Save everything for later" hint="a file, a password manager, a project, or paper">
      <Suspense fallback={<Skeleton height={240} radius="md" />}>
        <SaveEverything setupId={setupId} known={known} onTaken={onTaken} />
      </Suspense>
    </Fold>
  )
}
