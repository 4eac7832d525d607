import { Button } from '@mantine/core'
import { useDo } from '../connection/use-ask.ts'
import { Icon } from '../design/icon.tsx'
import { useWizard } from '../place/wizard.ts'

export interface ChooseHome {
  readonly folder: () => void
  /** null where folders and archives are chosen in one place */
  readonly archive: (() => void) | null
  readonly problem: ReturnType<typeof useDo>['problem']
}

/** How a home or an archive is chosen: by the system's own dialogs where there are any, else by `walk`. */
export function useChooseHome(to: { home: (home: string) => void; archive: (archive: string) => void; walk: () => void }): ChooseHome {
  const { info } = useWizard()
  const pick = useDo(async (engine, what: 'folder' | 'archive') => {
    const title = what === 'folder' ? 'The folder of Elasticsearch' : 'The archive of Elasticsearch, as it was downloaded'
    const path = await engine.host.pick({ what, title, from: null })
    if (path === null) return
    if (what === 'folder') to.home(path)
    else to.archive(path)
  })
  if (!info.canPick) return { folder: to.walk, archive: null, problem: null }
  return { folder: () => pick.start('folder'), archive: () => pick.start('archive'), problem: pick.problem }
}

/** The quiet buttons beside the list. */
export function ChooseHomeButtons({ choose }: { choose: ChooseHome }) {
  if (choose.archive === null) {
    return (
      <Button variant="subtle" leftSection={<Icon name="folder" />} onClick={choose.folder}>
        Choose a folder or an archive
      </Button>
    )
  }
  return (
    <>
      <Button variant="subtle" onClick={choose.folder}>
        Choose a folder…
      </Button>
      <ChooseArchive onPress={choose.archive} />
    </>
  )
}

function ChooseArchive({ onPress }: { onPress: () => void }) {
  return (
    <Button variant="subtle" onClick={onPress}>
      Choose an archive…
    </Button>
  )
}
