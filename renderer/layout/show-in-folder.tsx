import { useDo } from '../connection/use-ask.ts'
import { SmallButton } from '../design/small-button.tsx'
import { useWizard } from '../place/wizard.ts'

/** Shows a file or folder where the system shows files; nothing where the host cannot. `what` completes its name ("Show the log in its folder"). */
export function ShowInFolder({ path, what }: { path: string; what: string }) {
  const { info } = useWizard()
  const show = useDo((engine) => engine.host.reveal({ path }))
  if (!info.canReveal) return null
  return (
    <>
      <SmallButton icon="folder" label={`Show ${what} in its folder`} onPress={() => show.start()}>
        Show
      </SmallButton>
      {show.problem === null ? null : (
        <p className="small quiet" role="alert">
          {show.problem.message}
        </p>
      )}
    </>
  )
}
