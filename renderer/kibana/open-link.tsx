import { Button } from '@mantine/core'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'
import { useWizard } from '../place/wizard.ts'

/** Leads to Kibana: in a tab beside this one, or, from the desktop's window, in the person's own browser. */
export function OpenLink({ url, runId, onOpen, children }: { url: string; runId: string; onOpen?: () => void; children: string }) {
  const { info } = useWizard()
  const open = useDo(async (engine) => void (await engine.kibana.open({ runId })))
  if (info.kind !== 'electron') {
    return (
      <Button component="a" href={url} target="_blank" rel="noreferrer" onClick={() => onOpen?.()}>
        {children}
      </Button>
    )
  }
  return (
    <>
      <Button
        loading={open.busy}
        onClick={() => {
          onOpen?.()
          open.start()
        }}
      >
        {children}
      </Button>
      {open.problem === null ? null : <Trouble problem={open.problem} />}
    </>
  )
}
