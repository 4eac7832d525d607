import type { Installation } from '../../shared/contract/installation.ts'
import { CopyButton } from '../design/copy-button.tsx'
import { Fact, Facts } from '../design/facts.tsx'
import { shortPath } from '../design/figures.ts'
import { ShowInFolder } from '../layout/show-in-folder.tsx'
import { useWizard } from '../place/wizard.ts'

/** Where a node has what is its own: its folders, and the log it writes now. `logFile`: null where it does not run. */
export function Places({ installation, logFile }: { installation: Installation; logFile: string | null }) {
  const { info } = useWizard()
  const { home, config, data, logs } = installation
  const places = [
    ['Home', home],
    ['Settings', config],
    ...data.map((path) => ['Data', path] as const),
    ['Log', logFile ?? logs],
  ] as const
  return (
    <div className="card">
      <Facts>
        {places.map(([name, path]) => (
          <Fact
            key={`${name} ${path}`}
            name={name}
            actions={
              <>
                <ShowInFolder path={path} what={`the ${name.toLowerCase()}`} />
                <CopyButton what={`path of the ${name.toLowerCase()}`} text={path} />
              </>
            }
          >
            <span className="mono small">{shortPath(path, info.homeFolder, info.separator)}</span>
          </Fact>
        ))}
      </Facts>
    </div>
  )
}
