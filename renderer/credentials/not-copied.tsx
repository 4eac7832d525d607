import '@mantine/core/styles/Overlay.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/ModalBase.css'
import '@mantine/core/styles/Modal.css'
import '@mantine/core/styles/CloseButton.css'
import { Button, Modal } from '@mantine/core'
import { useDo } from '../connection/use-ask.ts'
import { Trouble } from '../design/trouble.tsx'

/** Asked once, where nothing was shown or copied: is the password really with somebody? */
export function NotCopied({ onCopy, onLeave, onStay }: { onCopy: () => Promise<void>; onLeave: () => void; onStay: () => void }) {
  const copy = useDo(onCopy)
  return (
    <Modal opened onClose={onStay} title="The password was neither shown nor copied" centered size={460} transitionProps={{ duration: 0 }} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p>Once you leave this page nobody can look it up again; it could only be replaced by a new one.</p>
        {copy.problem === null ? null : <Trouble problem={{ message: 'It could not be copied.', remedy: 'Show the password and write it down.' }} />}
        <div className="row wrap">
          <Button data-autofocus onClick={copy.start} loading={copy.busy}>
            Copy the password
          </Button>
          <Button variant="subtle" onClick={onLeave}>
            Leave without it
          </Button>
        </div>
      </div>
    </Modal>
  )
}
